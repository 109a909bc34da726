using System;
using System.Text.Unicode;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>
/// Checks UTF-8 that comes in pieces and fails at the first byte that cannot continue valid text (RFC 3629: no overlong
/// forms, no surrogates, nothing above U+10FFFF). Whole runs are left to the vectorized check of the runtime; only a
/// sequence that a piece cuts in two is followed byte by byte.
/// </summary>
internal struct Utf8Validator
{
    private int _left;   // continuation bytes still to come of the sequence under way
    private byte _low;   // the next one has to lie in [_low, _high]
    private byte _high;

    /// <summary>Whether the text so far ends between two characters.</summary>
    public readonly bool IsComplete => _left == 0;

    /// <summary>
    /// Takes the next piece. False when the text cannot become valid any more; the validator is then spent.
    /// </summary>
    [HotPath]
    public bool Append(ReadOnlySpan<byte> piece)
    {
        var i = 0;
        for (; _left > 0 && i < piece.Length; i++)
        {
            if (!Continue(piece[i]))
            {
                return false;
            }
        }

        var rest = piece[i..];
        var cut = CutSequence(rest);
        if (!Utf8.IsValid(rest[..^cut]))
        {
            return false;
        }

        for (i = rest.Length - cut; i < rest.Length; i++)
        {
            if (_left == 0 ? !Lead(rest[i]) : !Continue(rest[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many bytes at the end begin a sequence that is longer than what is there: 0 to 3.</summary>
    private static int CutSequence(ReadOnlySpan<byte> piece)
    {
        for (var back = 1; back <= 3 && back <= piece.Length; back++)
        {
            var b = piece[^back];
            if (b < 0x80)
            {
                return 0;
            }

            if (b >= 0xC0)
            {
                var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    /// <summary>RFC 3629 section 4: the lead byte fixes the length and the range of the second byte.</summary>
    private bool Lead(byte b)
    {
        (_left, _low, _high) = b switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => (0, (byte)0, (byte)0),
        };
        return _left > 0;
    }

    private bool Continue(byte b)
    {
        if (b < _low || b > _high)
        {
            return false;
        }

        (_left, _low, _high) = (_left - 1, 0x80, 0xBF);
        return true;
    }
}
