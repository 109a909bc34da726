namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>What a record of a capture is.</summary>
public enum RecordKind : byte
{
    /// <summary>A message of the socket, as received.</summary>
    Frame,

    /// <summary>The body of a REST answer.</summary>
    RestBody,

    /// <summary>A socket was opened, the first or a new one.</summary>
    Connect,
}
