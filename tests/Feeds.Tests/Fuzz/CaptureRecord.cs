namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>One record of a capture.</summary>
/// <param name="Nanos">When it was received.</param>
/// <param name="Symbol">Whose REST snapshot it is; empty for a frame of the socket.</param>
/// <param name="Bytes">The payload.</param>
internal sealed record CaptureRecord(long Nanos, string Symbol, byte[] Bytes)
{
    public bool IsFrame => Symbol.Length == 0;
}
