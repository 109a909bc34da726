namespace LowLatencyQuoter.Engine.Book;

/// <summary>Where the whole book of a venue comes from.</summary>
public enum SnapshotSource : byte
{
    /// <summary>A REST request beside the socket; updates are buffered until it is there.</summary>
    Rest = 0,

    /// <summary>The socket sends it after each subscription.</summary>
    Socket = 1,

    /// <summary>Each message is a whole book; there is nothing to ask for.</summary>
    EveryMessage = 2,
}
