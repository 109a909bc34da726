namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What becomes of a message that one of two links to a venue brought.</summary>
internal enum LinkVerdict : byte
{
    /// <summary>It goes to the engine.</summary>
    Forward = 0,

    /// <summary>The other link was first, or nothing proves that it follows what the engine has.</summary>
    Drop,

    /// <summary>It lies ahead of what the other link has brought so far: it waits for that.</summary>
    Hold,
}
