namespace LowLatencyQuoter.Feeds.Recorder;

/// <summary>What a record of a recording is, as the letter that begins it.</summary>
internal static class RecordLetter
{
    /// <summary>A message of the socket.</summary>
    public const byte Frame = (byte)'F';

    /// <summary>The body of a REST answer; the note is its address.</summary>
    public const byte Rest = (byte)'R';

    /// <summary>A socket was opened; the note is its address.</summary>
    public const byte Connect = (byte)'C';

    /// <summary>Records that found no room; the note is their count.</summary>
    public const byte Lost = (byte)'L';
}
