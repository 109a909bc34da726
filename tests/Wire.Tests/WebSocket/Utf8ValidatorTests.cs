using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket.Frames;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

public sealed class Utf8ValidatorTests
{
    /// <summary>The bytes at which RFC 3629's ranges begin and end.</summary>
    private static readonly byte[] Edges =
    [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ];

    [Test]
    public void EverySequenceOfFourEdgeBytesIsJudgedAsByTheRuntimeHoweverItIsCut()
    {
        var wrong = new List<string>();
        foreach (var sequence in Sequences(4))
        {
            var expected = Utf8.IsValid(sequence);
            for (var cut = 0; cut <= 4; cut++)
            {
                if (Judge(sequence.AsSpan(0, cut), sequence.AsSpan(cut)) != expected)
                {
                    wrong.Add($"{Convert.ToHexString(sequence)} cut at {cut}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void EveryPrefixOfEdgeBytesFailsExactlyWhenNothingCanSaveIt()
    {
        var wrong = new List<string>();
        for (var length = 1; length <= 4; length++)
        {
            foreach (var prefix in Sequences(length))
            {
                var validator = new Utf8Validator();
                var alive = validator.Append(prefix);
                if (alive != CanBecomeText(prefix))
                {
                    wrong.Add(Convert.ToHexString(prefix));
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void LongTextIsJudgedAsByTheRuntimeHoweverItIsCut()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(4) switch
            {
                0 => "plain ascii ",
                1 => "\u03ba\u1f79",
                2 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
                _ => ((char)random.Next(0xE000, 0xFFFF)).ToString(),
            }));
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > 0 && random.Next(2) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var first = random.Next(bytes.Length + 1);
            Assert.That(
                Judge(bytes.AsSpan(0, first), bytes.AsSpan(first)),
                Is.EqualTo(Utf8.IsValid(bytes)),
                $"{Convert.ToHexString(bytes)} cut at {first}");
        }
    }

    private static bool Judge(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var validator = new Utf8Validator();
        return validator.Append(first) && validator.Append(second) && validator.IsComplete;
    }

    /// <summary>
    /// The runtime's own rune decoder tells bytes that are wrong from bytes that are only not enough.
    /// </summary>
    private static bool CanBecomeText(ReadOnlySpan<byte> prefix)
    {
        while (!prefix.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(prefix, out _, out var consumed);
            if (status != OperationStatus.Done)
            {
                return status == OperationStatus.NeedMoreData;
            }

            prefix = prefix[consumed..];
        }

        return true;
    }

    private static IEnumerable<byte[]> Sequences(int length)
    {
        var count = (int)Math.Pow(Edges.Length, length);
        for (var number = 0; number < count; number++)
        {
            var sequence = new byte[length];
            for (var (rest, i) = (number, 0); i < length; rest /= Edges.Length, i++)
            {
                sequence[i] = Edges[rest % Edges.Length];
            }

            yield return sequence;
        }
    }
}
