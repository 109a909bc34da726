namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A venue's answer to a request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfterMillis">How long the venue wants to be left alone; 0: not said.</param>
/// <param name="Frame">The same as what it shows of a book; null for anything but a snapshot.</param>
internal sealed record RestReply(int Status, byte[] Body, int RetryAfterMillis, SentFrame? Frame);
