using System;
using System.Buffers.Binary;
using System.Text;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>Tells what kind of frame a venue's bytes are, by what the dialects print.</summary>
internal static class BookFrames
{
    /// <summary>Whether it carries levels of a book, or the id of an empty change.</summary>
    public static bool IsBook(string venue, ReadOnlySpan<byte> frame) => IsBinary(venue, frame) || (venue == "bitfinex"
        ? frame[0] == '[' && frame.IndexOf("\"hb\""u8) < 0 && frame.IndexOf("\"cs\""u8) < 0
        : frame.IndexOf("\"bids\""u8) >= 0 || frame.IndexOf("\"asks\""u8) >= 0 || frame.IndexOf("\"b\":["u8) >= 0
            || frame.IndexOf("\"a\":["u8) >= 0 || frame.IndexOf("\"changes\":"u8) >= 0
            || frame.IndexOf("\"updates\":["u8) >= 0 || frame.IndexOf("\"U\":"u8) >= 0);

    /// <summary>Whether it is a message of Binance's binary depth streams: diffs, or the best levels.</summary>
    public static bool IsBinary(string venue, ReadOnlySpan<byte> frame) => venue == "binance" && frame.Length > 8
        && frame[0] != '{' && BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]) is 10_002 or 10_003;

    /// <summary>Whether a book frame is a whole book.</summary>
    public static bool IsSnapshot(string venue, ReadOnlySpan<byte> frame) => venue switch
    {
        "bitfinex" => frame.IndexOf(",[["u8) >= 0,
        "cryptocom" => frame.IndexOf("\"channel\":\"book\""u8) >= 0,
        _ => frame.IndexOf("\"snapshot\""u8) >= 0 || frame.IndexOf("\"full\":true"u8) >= 0,
    };

    /// <summary>Whether it answers a subscription.</summary>
    public static bool IsAcknowledgement(ReadOnlySpan<byte> frame) =>
        frame.IndexOf("ubscri"u8) >= 0 || frame.IndexOf("\"ack\""u8) >= 0 || frame.IndexOf("\"result\":null"u8) >= 0;

    /// <summary>Whether a symbol is named, as it is spelled in lists or in small letters as in streams.</summary>
    public static bool Names(ReadOnlySpan<byte> text, string symbol) =>
        IndexOf(text, symbol) >= 0 || IndexOf(text, symbol.ToLowerInvariant()) >= 0;

    /// <summary>Where a symbol stands as a word of its own; -1: nowhere.</summary>
    public static int IndexOf(ReadOnlySpan<byte> text, string symbol)
    {
        Span<byte> word = stackalloc byte[64];
        word = word[..Encoding.ASCII.GetBytes(symbol, word)];
        var start = 0;
        while (true)
        {
            var at = text[start..].IndexOf(word);
            if (at < 0)
            {
                return -1;
            }

            at += start;
            var after = at + word.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (after == text.Length || !IsWord(text[after])))
            {
                return at;
            }

            start = at + 1;
        }
    }

    private static bool IsWord(byte character) => char.IsAsciiLetterOrDigit((char)character);
}
