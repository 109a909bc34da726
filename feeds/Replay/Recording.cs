using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Several capture files as one recording: their records by receive time; at equal times by the files' order.
/// </summary>
public sealed class Recording : ICaptureReader
{
    private readonly ICaptureReader[] _files;
    private readonly bool[] _hasRecord;
    private int _current = -1;

    /// <summary>Opens all files.</summary>
    /// <exception cref="CaptureFormatException">One cannot be opened or read.</exception>
    public Recording(IReadOnlyList<string> paths)
    {
        _files = new ICaptureReader[paths.Count];
        _hasRecord = new bool[paths.Count];
        try
        {
            for (var file = 0; file < paths.Count; file++)
            {
                _files[file] = CaptureFile.Open(paths[file]);
                _hasRecord[file] = _files[file].TryRead();
            }
        }
        catch (CaptureFormatException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public RecordKind Kind => _files[_current].Kind;

    /// <inheritdoc/>
    public long Nanos => _files[_current].Nanos;

    /// <inheritdoc/>
    public Uri? Address => _files[_current].Address;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Payload => _files[_current].Payload;

    /// <inheritdoc/>
    public string Place => _files[_current].Place;

    /// <inheritdoc/>
    public (long Done, long Total) Progress
    {
        get
        {
            var done = 0L;
            var total = 0L;
            foreach (var file in _files)
            {
                var (fileDone, fileTotal) = file.Progress;
                done += fileDone;
                total += fileTotal;
            }

            return (done, total);
        }
    }

    /// <inheritdoc/>
    public bool TryRead()
    {
        if (_current >= 0)
        {
            _hasRecord[_current] = _files[_current].TryRead();
        }

        _current = -1;
        for (var file = 0; file < _files.Length; file++)
        {
            if (_hasRecord[file] && (_current < 0 || _files[file].Nanos < _files[_current].Nanos))
            {
                _current = file;
            }
        }

        return _current >= 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file?.Dispose();
        }
    }
}
