using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary>
/// The process's resident memory over time, sampled without allocating, since a sampler that allocates would make the
/// collections it is to find. One thread.
/// </summary>
internal sealed class MemoryTrend : IDisposable
{
    private readonly SafeFileHandle? _statm;
    private readonly double[] _seconds;
    private readonly double[] _bytes;
    private readonly byte[] _text = new byte[256];

    /// <summary>Room for so many samples; when it is full, the newest takes the last place.</summary>
    public MemoryTrend(int capacity)
    {
        _seconds = new double[capacity];
        _bytes = new double[capacity];
        const string Statm = "/proc/self/statm";
        _statm = File.Exists(Statm) ? File.OpenHandle(Statm) : null;
    }

    /// <summary>Samples so far.</summary>
    public int Count { get; private set; }

    /// <summary>The first sample, bytes.</summary>
    public double First => Count == 0 ? 0 : _bytes[0];

    /// <summary>The last sample, bytes.</summary>
    public double Last => Count == 0 ? 0 : _bytes[Count - 1];

    /// <summary>Takes a sample of this process.</summary>
    public void Sample(double seconds) => Add(seconds, ResidentBytes());

    /// <summary>Adds a sample.</summary>
    public void Add(double seconds, double bytes)
    {
        Count = Math.Min(Count + 1, _seconds.Length);
        _seconds[Count - 1] = seconds;
        _bytes[Count - 1] = bytes;
    }

    /// <summary>Bytes a second of the line that fits the samples best (least squares); 0 of fewer than two.</summary>
    public double Slope()
    {
        if (Count < 2)
        {
            return 0;
        }

        var (meanX, meanY) = (0.0, 0.0);
        for (var index = 0; index < Count; index++)
        {
            meanX += _seconds[index] / Count;
            meanY += _bytes[index] / Count;
        }

        var (product, square) = (0.0, 0.0);
        for (var index = 0; index < Count; index++)
        {
            product += (_seconds[index] - meanX) * (_bytes[index] - meanY);
            square += (_seconds[index] - meanX) * (_seconds[index] - meanX);
        }

        return square == 0 ? 0 : product / square;
    }

    /// <summary>What the line says was gained from the first sample to the last, bytes.</summary>
    public double Growth() => Count < 2 ? 0 : Slope() * (_seconds[Count - 1] - _seconds[0]);

    /// <inheritdoc/>
    public void Dispose() => _statm?.Dispose();

    private double ResidentBytes()
    {
        if (_statm is null)
        {
            return Environment.WorkingSet;
        }

        // "size resident shared ...", in pages
        var text = _text.AsSpan(0, RandomAccess.Read(_statm, _text, 0));
        var resident = text[(text.IndexOf((byte)' ') + 1)..];
        return System.Buffers.Text.Utf8Parser.TryParse(resident, out long pages, out _)
            ? (double)pages * Environment.SystemPageSize
            : throw new InvalidDataException($"/proc/self/statm is not understood: {Encoding.ASCII.GetString(text)}");
    }
}
