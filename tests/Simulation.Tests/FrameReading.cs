using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// Tells of a venue's frame whether it carries levels, of which book, and whether it is a whole one: by texts that it
/// must contain and not by reading it.
/// </summary>
internal sealed class FrameReading
{
    private readonly string _venue;
    private readonly byte[][] _symbols;
    private readonly Dictionary<long, int> _channels = [];   // Bitfinex names books by numbers

    public FrameReading(string venue, IReadOnlyList<string> symbols)
    {
        _venue = venue;
        _symbols = new byte[symbols.Count][];
        for (var symbol = 0; symbol < _symbols.Length; symbol++)
        {
            _symbols[symbol] = Encoding.ASCII.GetBytes(symbols[symbol]);
        }
    }

    /// <summary>Index of the symbol whose levels the frame carries; -1: none.</summary>
    public int SymbolOf(ReadOnlySpan<byte> frame)
    {
        if (_venue == "bitfinex")
        {
            return Channel(frame);
        }

        if (!HasLevels(frame))
        {
            return -1;
        }

        for (var symbol = 0; symbol < _symbols.Length; symbol++)
        {
            if (frame.IndexOf(_symbols[symbol]) >= 0)
            {
                return symbol;
            }
        }

        return -1;
    }

    /// <summary>Whether the frame is a whole book, which some venues take from what they published last.</summary>
    public bool IsWhole(ReadOnlySpan<byte> frame) => _venue switch
    {
        "gateio" => frame.IndexOf("\"full\":true"u8) >= 0,
        "cryptocom" => frame.IndexOf("\"channel\":\"book\""u8) >= 0,
        "bitfinex" => false,   // its whole books are of now
        _ => frame.IndexOf("\"snapshot\""u8) >= 0,
    };

    /// <summary>The number under which a symbol was named last; 0: none.</summary>
    public long ChannelOf(int symbol) => _channels.Where(channel => channel.Value == symbol)
        .Select(static channel => channel.Key).DefaultIfEmpty().Max();

    private bool HasLevels(ReadOnlySpan<byte> frame) => _venue switch
    {
        "binance" => frame.IndexOf("\"depthUpdate\""u8) >= 0,
        "bitstamp" => frame.IndexOf("\"event\":\"data\""u8) >= 0,
        "coinbase" => frame.IndexOf("\"l2update\""u8) >= 0 || frame.IndexOf("\"snapshot\""u8) >= 0,
        "coinbase_advanced" => frame.IndexOf("\"l2_data\""u8) >= 0,
        "kraken" => frame.IndexOf("\"channel\":\"book\",\"type\""u8) >= 0,
        "okx" => frame.IndexOf("\"action\":"u8) >= 0,
        "bybit" => frame.IndexOf("\"topic\":\"orderbook"u8) >= 0,
        "kucoin" => frame.IndexOf("\"trade.l2update\""u8) >= 0,
        "gateio" => frame.IndexOf("\"result\":{\"t\":"u8) >= 0,
        "cryptocom" => frame.IndexOf("\"channel\":\"book"u8) >= 0 && frame.IndexOf("\"data\":"u8) >= 0,
        _ => throw new InvalidOperationException($"no such venue: {_venue}"),
    };

    private int Channel(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\"subscribed\""u8) >= 0)
        {
            for (var symbol = 0; symbol < _symbols.Length; symbol++)
            {
                if (frame.IndexOf(_symbols[symbol]) >= 0)
                {
                    _channels[Number(frame[(frame.IndexOf("\"chanId\":"u8) + 9)..])] = symbol;
                }
            }

            return -1;
        }

        var comma = frame.IndexOf((byte)',');
        if (frame[0] != '[' || comma < 0 || frame[comma + 1] != '[')
        {
            return -1;
        }

        return _channels.GetValueOrDefault(Number(frame[1..]), -1);
    }

    private static long Number(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit((char)text[length]))
        {
            length++;
        }

        return long.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
