using System;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>Records of one capture file in order. One thread.</summary>
public interface ICaptureReader : IDisposable
{
    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="CaptureFormatException">The file is not what its format says.</exception>
    bool TryRead();

    /// <summary>What the record is.</summary>
    RecordKind Kind { get; }

    /// <summary>When it was received, nanoseconds; Unix time where the format knows it.</summary>
    long Nanos { get; }

    /// <summary>For a REST body the address it came from, when the format keeps it.</summary>
    Uri? Address { get; }

    /// <summary>The payload, valid until the next read.</summary>
    ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Where the reader stands, for messages: file and line.</summary>
    string Place { get; }

    /// <summary>Bytes of the file that were read, and how many it has.</summary>
    (long Done, long Total) Progress { get; }
}
