using System;
using System.Buffers;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// Changes a few bytes of a frame: other values, grammar, digits, cuts, repetitions. One reused buffer.
/// </summary>
internal sealed class FrameMutator(Random random, int mostValue)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    private static ReadOnlySpan<byte> Grammar => "{}[]\",:\\ 0123456789.eE+-tfnu/\n"u8;

    /// <summary>The mutated frame, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Mutate(ReadOnlySpan<byte> frame)
    {
        _bytes.ResetWrittenCount();
        for (var changes = 1 + random.Next(2); changes > 0 && !frame.IsEmpty; changes--)
        {
            var at = random.Next(frame.Length);
            _bytes.Write(frame[..at]);
            var skipped = 1;
            switch (random.Next(7))
            {
                case 0:
                    Put((byte)random.Next(mostValue));
                    break;
                case 1:
                    Put(Grammar[random.Next(Grammar.Length)]);
                    break;
                case 2:
                    Put(Grammar[random.Next(Grammar.Length)]);
                    skipped = 0;
                    break;
                case 3:
                    skipped = Math.Min(frame.Length - at, 1 + random.Next(4));
                    break;
                case 4:
                    var from = random.Next(frame.Length);
                    _bytes.Write(frame.Slice(from, Math.Min(frame.Length - from, 1 + random.Next(24))));
                    skipped = 0;
                    break;
                default:
                    // most of a frame is digits: a changed one keeps the frame valid and the book wrong
                    Put(char.IsAsciiDigit((char)frame[at]) ? (byte)('0' + random.Next(10)) : frame[at]);
                    break;
            }

            _bytes.Write(frame[(at + skipped)..]);
            if (changes > 1)
            {
                frame = _bytes.WrittenSpan.ToArray();
                _bytes.ResetWrittenCount();
            }
        }

        return _bytes.WrittenMemory;
    }

    private void Put(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
