using System;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Frames;
using LowLatencyQuoter.Wire.WebSocket.Upgrade;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

public sealed class FramePartsTests
{
    [Test]
    public void MaskingEqualsTheRuleByteForByteAtEveryLengthAndOffset()
    {
        var random = Seeded.Random();
        var source = new byte[300];
        var target = new byte[300];
        var key = new byte[4];
        for (var length = 0; length <= 140; length++)
        {
            for (var offset = 0; offset < 8; offset++)
            {
                random.NextBytes(source);
                random.NextBytes(key);
                var start = random.Next(16);
                var expected = Enumerable.Range(0, length)
                    .Select(i => (byte)(source[start + i] ^ key[(i + offset) % 4])).ToArray();

                Masking.Apply(source.AsSpan(start, length), target.AsSpan(start), key, offset);

                var actual = target.AsSpan(start, length).ToArray();
                Assert.That(actual, Is.EqualTo(expected), $"{length} bytes at {offset}");
            }
        }
    }

    [Test]
    public void MaskingInPlaceAndInPartsGivesThePayloadBack()
    {
        byte[] key = [1, 2, 3, 4];
        var payload = ServerFrames.Filler(101);
        var bytes = payload.ToArray();

        Masking.Apply(bytes, bytes, key);
        Masking.Apply(bytes.AsSpan(0, 37), bytes.AsSpan(0, 37), key);
        Masking.Apply(bytes.AsSpan(37), bytes.AsSpan(37), key, offset: 37);

        Assert.That(bytes, Is.EqualTo(payload));
    }

    // The examples of RFC 6455 section 5.7.
    [TestCase(OpCode.Text, "Hello", "81 85 37 fa 21 3d 7f 9f 4d 51 58")]
    [TestCase(OpCode.Pong, "Hello", "8a 85 37 fa 21 3d 7f 9f 4d 51 58")]
    [TestCase(OpCode.Close, "", "88 80 37 fa 21 3d")]
    public void FrameOfTheClientIsWrittenAsInTheRfc(OpCode opCode, string payload, string expected)
    {
        var writer = new FrameWriter(new FixedKey([0x37, 0xfa, 0x21, 0x3d]));

        var frame = writer.Write(opCode, Encoding.ASCII.GetBytes(payload)).ToArray();

        Assert.That(frame, Is.EqualTo(ServerFrames.Bytes(expected)));
    }

    [TestCase(125, "82 fd")]
    [TestCase(126, "82 fe 00 7e")]
    [TestCase(65535, "82 fe ff ff")]
    [TestCase(65536, "82 ff 00 00 00 00 00 01 00 00")]
    public void LengthIsWrittenInItsShortestForm(int length, string expected)
    {
        var writer = new FrameWriter(new FixedKey([0, 0, 0, 0]));
        var header = ServerFrames.Bytes(expected);

        var frame = writer.Write(OpCode.Binary, ServerFrames.Filler(length)).ToArray();

        Assert.That(frame[..header.Length], Is.EqualTo(header));
        Assert.That(frame, Has.Length.EqualTo(header.Length + 4 + length));
        Assert.That(frame[(header.Length + 4)..], Is.EqualTo(ServerFrames.Filler(length)), "masked with zeros");
    }

    [Test]
    public void PongsOfABatchKeepTheirPayloadsAndTheLastPlaceTakesTheMostRecent()
    {
        var batch = new PongBatch(new FrameWriter(new FixedKey([0, 0, 0, 0])));
        for (var i = 0; i < 20; i++)
        {
            batch.Add([(byte)i]);
        }

        var frames = batch.Take().ToArray();

        var payloads = frames.Chunk(7).Select(frame => (int)frame[6]).ToArray();
        Assert.That(payloads, Is.EqualTo(Enumerable.Range(0, 15).Append(19)));
        Assert.That(batch.IsEmpty, Is.True);
        batch.Add([42]);
        Assert.That(batch.Take().ToArray(), Is.EqualTo(ServerFrames.Bytes("8a 81 00 00 00 00 2a")));
    }

    [Test]
    public void RandomKeysDiffer()
    {
        var keys = new RandomMaskKeys();
        var seen = Enumerable.Range(0, 1_000).Select(_ =>
        {
            var key = new byte[4];
            keys.Next(key);
            return BitConverter.ToInt32(key);
        }).ToHashSet();

        Assert.That(seen, Has.Count.GreaterThan(990));
    }

    [Test]
    public void CloseCodesAreSendableExactlyAsRegistered()
    {
        var sendable = Enumerable.Range(0, 65536).Where(code => ClosePayload.IsSendable((CloseCode)code)).ToArray();

        int[] expected = [.. Enumerable.Range(1000, 4), .. Enumerable.Range(1007, 8), .. Enumerable.Range(3000, 2000)];
        Assert.That(sendable, Is.EqualTo(expected));
    }

    [Test]
    public void AcceptIsTheOneOfTheRfcsExample() =>
        Assert.That(UpgradeKey.Of("dGhlIHNhbXBsZSBub25jZQ==").Accept(), Is.EqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));

    [Test]
    public void UpgradeKeysAreSixteenFreshBytes()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => UpgradeKey.New().Text).ToArray();

        Assert.That(keys, Is.Unique);
        Assert.That(keys.Select(key => Convert.FromBase64String(key).Length), Is.All.EqualTo(16));
    }

    private sealed class FixedKey(byte[] bytes) : IMaskKeySource
    {
        public void Next(Span<byte> key) => bytes.CopyTo(key);
    }
}
