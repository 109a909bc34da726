using System;
using System.Buffers.Text;
using System.Text;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>A JSON string as it lies in the message, between the quotes, escapes unresolved.</summary>
[HotPath]
public readonly ref struct JsonText
{
    /// <summary>Wraps the bytes between the quotes.</summary>
    public JsonText(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        Raw = raw;
        IsEscaped = isEscaped;
    }

    /// <summary>The bytes between the quotes.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>True when <see cref="Raw"/> has escapes.</summary>
    public bool IsEscaped { get; }

    /// <summary>True when the string is this UTF-8 text.</summary>
    public bool Is(ReadOnlySpan<byte> text) => IsEscaped ? IsSlow(text) : Raw.SequenceEqual(text);

    /// <summary>The only byte of a text of one ASCII character, however it is spelled; 0 for any other text.</summary>
    public byte OnlyByte
    {
        get
        {
            if (!IsEscaped)
            {
                return Raw.Length == 1 ? Raw[0] : (byte)0;
            }

            Span<byte> room = stackalloc byte[8];
            return TryUnescape(room, out var count) && count == 1 ? room[0] : (byte)0;
        }
    }

    /// <summary>
    /// The text with escapes resolved: <see cref="Raw"/> itself when there are none, else written to
    /// <paramref name="room"/>. False when the room is too small or a \u escape is half a pair.
    /// </summary>
    public bool TryResolve(Span<byte> room, out ReadOnlySpan<byte> text)
    {
        if (!IsEscaped)
        {
            text = Raw;
            return true;
        }

        var resolved = TryUnescape(room, out var count);
        text = room[..count];
        return resolved;
    }

    private bool IsSlow(ReadOnlySpan<byte> text)
    {
        Span<byte> room = stackalloc byte[256];
        return text.Length <= room.Length && TryUnescape(room, out var count) && room[..count].SequenceEqual(text);
    }

    private bool TryUnescape(Span<byte> room, out int count)
    {
        count = 0;
        for (var at = 0; at < Raw.Length; at++)
        {
            if (count + 4 > room.Length)
            {
                return false;
            }

            if (Raw[at] != (byte)'\\')
            {
                room[count++] = Raw[at];
                continue;
            }

            at++;
            if (Raw[at] != (byte)'u')
            {
                room[count++] = Simple(Raw[at]);
                continue;
            }

            if (!TryReadRune(ref at, out var rune))
            {
                return false;
            }

            count += rune.EncodeToUtf8(room[count..]);
        }

        return true;
    }

    private bool TryReadRune(ref int at, out Rune rune)
    {
        var high = ReadHex(at + 1);
        at += 4;
        if (Rune.TryCreate(high, out rune))
        {
            return true;
        }

        // at stands on the last digit; a pair needs six more characters: \uXXXX
        if (at + 6 >= Raw.Length || Raw[at + 1] != (byte)'\\' || Raw[at + 2] != (byte)'u')
        {
            return false;
        }

        var low = ReadHex(at + 3);
        at += 6;
        return Rune.TryCreate(high, low, out rune);
    }

    private char ReadHex(int at)
    {
        // The scanner has let only hexadecimal digits through; anything else would read as U+0000.
        return Utf8Parser.TryParse(Raw.Slice(at, 4), out ushort value, out _, 'x') ? (char)value : '\0';
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,   // quote, backslash and slash stand for themselves
    };
}
