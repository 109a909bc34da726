using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Tardis;

/// <summary>
/// Writes rows of Tardis' <c>incremental_book_L2</c>, packed where the file's name ends in <c>.gz</c>. Times are
/// microseconds of Unix time, numbers exact decimals without trailing zeros. One thread.
/// </summary>
internal sealed class TardisWriter : IDisposable
{
    private const string Exact = "0.############################";
    private readonly StreamWriter _text;

    /// <summary>Makes the file, over one that is there, and writes the header.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public TardisWriter(string path)
    {
        Stream file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        _text = new StreamWriter(
            path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionLevel.Optimal)
                : file,
            bufferSize: 1 << 16)
        {
            NewLine = "\n",
        };
        _text.WriteLine("exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount");
    }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row.</summary>
    public void Write(in TardisMoment moment, bool isSnapshot, Side side, decimal price, decimal amount)
    {
        Rows++;
        _text.Write(moment.Prefix);
        _text.Write(isSnapshot ? "true," : "false,");
        _text.Write(side == Side.Bid ? "bid," : "ask,");
        _text.Write(price.ToString(Exact, CultureInfo.InvariantCulture));
        _text.Write(',');
        _text.WriteLine(amount.ToString(Exact, CultureInfo.InvariantCulture));
    }

    /// <summary>Writes what is left.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Dispose() => _text.Dispose();
}
