using System;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>One payload a line, without times: the records are taken to be a millisecond apart, from time 0.</summary>
public sealed class NdjsonReader : ICaptureReader
{
    private const long NanosApart = 1_000_000;
    private readonly CaptureStream _stream;

    /// <summary>Reads from a stream that it owns from now on.</summary>
    public NdjsonReader(CaptureStream stream) => _stream = stream;

    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.Frame;

    /// <inheritdoc/>
    public long Nanos => _stream.Line * NanosApart;

    /// <inheritdoc/>
    public Uri? Address => null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <inheritdoc/>
    public string Place => $"{_stream.Path}:{_stream.Line}";

    /// <inheritdoc/>
    public (long Done, long Total) Progress => _stream.Progress;

    /// <inheritdoc/>
    public bool TryRead()
    {
        while (_stream.TryReadLine(out var line))
        {
            if (!line.IsEmpty)
            {
                Payload = line;
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
