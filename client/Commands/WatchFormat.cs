namespace LowLatencyQuoter.Client.Commands;

/// <summary>How quotes are shown.</summary>
internal enum WatchFormat
{
    /// <summary>The ladder on a terminal, plain lines anywhere else.</summary>
    Auto,

    /// <summary>One line of text per quote.</summary>
    Plain,

    /// <summary>One JSON object per quote, each on a line.</summary>
    Json,
}
