using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

/// <summary>
/// RFC 1951 bit by bit, slow and plain: what a sender's messages say, and whether they keep to the window that was
/// agreed on, which the framework's inflater cannot be asked.
/// </summary>
/// <param name="windowBits">How far back the sender may refer.</param>
internal sealed class InflateOracle(int windowBits)
{
    private static readonly int[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static readonly HuffmanCode FixedLiterals = new(FixedLengths());
    private static readonly HuffmanCode FixedDistances = new([.. Enumerable.Repeat(5, 30)]);

    private readonly List<byte> _output = [];
    private byte[] _input = [];
    private int _bit;

    /// <summary>Forgets all messages before: the sender has to begin with an empty window.</summary>
    public void Forget() => _output.Clear();

    /// <summary>One message, without its tail as it travels.</summary>
    public byte[] Inflate(byte[] payload)
    {
        _input = [.. payload, 0x00, 0x00, 0xFF, 0xFF];
        _bit = 0;
        var start = _output.Count;
        while (_bit < _input.Length * 8)
        {
            ReadBlock();
        }

        return [.. _output[start..]];
    }

    private void ReadBlock()
    {
        if (Bits(1) == 1)
        {
            throw new InvalidDataException("a final block, which a sender with flushes has no need of");
        }

        switch (Bits(2))
        {
            case 0:
                ReadStored();
                break;
            case 1:
                ReadSymbols(FixedLiterals, FixedDistances);
                break;
            case 2:
                var (literals, distances) = ReadCodes();
                ReadSymbols(literals, distances);
                break;
            default:
                throw new InvalidDataException("block type 3");
        }
    }

    private void ReadStored()
    {
        _bit = (_bit + 7) / 8 * 8;
        var length = Bits(16);
        if ((length ^ Bits(16)) != 0xFFFF)
        {
            throw new InvalidDataException("stored length and its complement differ");
        }

        for (var i = 0; i < length; i++)
        {
            _output.Add((byte)Bits(8));
        }
    }

    private void ReadSymbols(HuffmanCode literals, HuffmanCode distances)
    {
        while (true)
        {
            var symbol = literals.Read(this);
            if (symbol == 256)
            {
                return;
            }

            if (symbol < 256)
            {
                _output.Add((byte)symbol);
            }
            else
            {
                var length = ReadLength(symbol - 257);
                Copy(length, ReadDistance(distances.Read(this)));
            }
        }
    }

    private void Copy(int length, int distance)
    {
        if (distance > _output.Count || distance > 1 << windowBits)
        {
            throw new InvalidDataException($"refers {distance} bytes back, window {1 << windowBits}");
        }

        for (var i = 0; i < length; i++)
        {
            _output.Add(_output[^distance]);
        }
    }

    /// <summary>
    /// Lengths 3 to 10 have a code each, then four share a count of further bits; 258 has one to itself.
    /// </summary>
    private int ReadLength(int code)
    {
        if (code is < 0 or > 28)
        {
            throw new InvalidDataException($"length code {code}");
        }

        if (code < 8)
        {
            return 3 + code;
        }

        var further = (code >> 2) - 1;
        return code == 28 ? 258 : 3 + ((4 + (code & 3)) << further) + Bits(further);
    }

    /// <summary>Distances 1 to 4 have a code each, then two share a count of further bits.</summary>
    private int ReadDistance(int code)
    {
        if (code is < 0 or > 29)
        {
            throw new InvalidDataException($"distance code {code}");
        }

        if (code < 4)
        {
            return 1 + code;
        }

        var further = (code >> 1) - 1;
        return 1 + ((2 + (code & 1)) << further) + Bits(further);
    }

    private (HuffmanCode Literals, HuffmanCode Distances) ReadCodes()
    {
        int literals = 257 + Bits(5), distances = 1 + Bits(5), lengths = 4 + Bits(4);
        var ofLengths = new int[19];
        for (var i = 0; i < lengths; i++)
        {
            ofLengths[LengthOrder[i]] = Bits(3);
        }

        var code = new HuffmanCode(ofLengths);
        var all = new List<int>();
        while (all.Count < literals + distances)
        {
            var symbol = code.Read(this);
            var (value, times) = symbol switch
            {
                16 => (all[^1], 3 + Bits(2)),
                17 => (0, 3 + Bits(3)),
                18 => (0, 11 + Bits(7)),
                _ => (symbol, 1),
            };
            for (; times > 0; times--)
            {
                all.Add(value);
            }
        }

        return (new HuffmanCode([.. all[..literals]]), new HuffmanCode([.. all[literals..]]));
    }

    /// <summary>So many bits as a number, the first one lowest.</summary>
    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            value |= Bit() << i;
        }

        return value;
    }

    private int Bit()
    {
        if (_bit >= _input.Length * 8)
        {
            throw new InvalidDataException("the message ends within a block");
        }

        var bit = (_input[_bit >> 3] >> (_bit & 7)) & 1;
        _bit++;
        return bit;
    }

    private static int[] FixedLengths()
    {
        var lengths = new int[288];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            lengths[symbol] = symbol switch { < 144 => 8, < 256 => 9, < 280 => 7, _ => 8 };
        }

        return lengths;
    }

    /// <summary>A canonical code: codes of one length are consecutive, shorter ones come first.</summary>
    private sealed class HuffmanCode
    {
        private const int MaxLength = 15;

        private readonly int[] _counts = new int[MaxLength + 1];
        private readonly List<int> _symbols = [];

        public HuffmanCode(int[] lengths)
        {
            for (var length = 1; length <= MaxLength; length++)
            {
                for (var symbol = 0; symbol < lengths.Length; symbol++)
                {
                    if (lengths[symbol] == length)
                    {
                        _symbols.Add(symbol);
                        _counts[length]++;
                    }
                }
            }
        }

        public int Read(InflateOracle from)
        {
            int code = 0, first = 0, index = 0;
            for (var length = 1; length <= MaxLength; length++)
            {
                code |= from.Bit();
                var count = _counts[length];
                if (code - first < count)
                {
                    return _symbols[index + (code - first)];
                }

                index += count;
                first = (first + count) << 1;
                code <<= 1;
            }

            throw new InvalidDataException("no symbol has this code");
        }
    }
}
