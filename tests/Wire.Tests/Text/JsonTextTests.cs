using System;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Text;

public sealed class JsonTextTests
{
    [Test]
    public void EveryTextThatTheRuntimeWritesIsResolvedToWhatWasWritten()
    {
        var runes = Gen.OneOf(Gen.Choose(0, 0x7F), Gen.Choose(0x80, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF));
        var texts = runes.Select(char.ConvertFromUtf32).ListOf().Select(string.Concat);
        Seeded.Check(Prop.ForAll(texts.ToArbitrary(), expected =>
        {
            var scanner = new JsonScanner(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(expected)));
            var bytes = Encoding.UTF8.GetBytes(expected);
            Span<byte> room = new byte[bytes.Length + 8];
            return scanner.TryReadString(out var text) && text.TryResolve(room, out var resolved)
                && resolved.SequenceEqual(bytes)
                && (bytes.Length > 200 || text.Is(bytes))
                && !text.Is([.. bytes, (byte)'x']);
        }));
    }

    [TestCase("\"\\ud800\"")]
    [TestCase("\"\\ud800x\"")]
    [TestCase("\"\\ud800\\n\"")]
    [TestCase("\"\\ud800\\u0041\"")]
    [TestCase("\"\\udc00\\ud800\"")]
    [TestCase("\"ab\\udc00\"")]
    public void HalfAPairOfSurrogatesIsNoText(string json)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(json));
        Assert.That(scanner.TryReadString(out var text), Is.True);

        Assert.That(text.TryResolve(new byte[64], out _), Is.False);
        Assert.That(text.Is("\ufffd"u8), Is.False);
        Assert.That(text.OnlyByte, Is.Zero);
    }

    [Test]
    public void TextThatDoesNotFitTheRoomIsRefusedWithoutWritingBeyondIt()
    {
        var scanner = new JsonScanner("\"\\u0041BCDEFGH\""u8);
        scanner.TryReadString(out var text);
        var room = new byte[8];

        Assert.That(text.TryResolve(room.AsSpan(0, 6), out _), Is.False);
        Assert.That(room[6..], Is.All.Zero);
    }

    [TestCase("\"b\"", (byte)'b')]
    [TestCase("\"\\u0062\"", (byte)'b')]
    [TestCase("\"\\n\"", (byte)'\n')]
    [TestCase("\"\"", (byte)0)]
    [TestCase("\"bb\"", (byte)0)]
    [TestCase("\"\\u00e9\"", (byte)0)]
    public void OnlyByteIsTheNameOfOneLetter(string json, byte expected)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(json));
        scanner.TryReadString(out var text);

        Assert.That(text.OnlyByte, Is.EqualTo(expected));
    }
}
