using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

public sealed class MessageReaderProperties
{
    private static readonly WebSocketLimits Small = new()
    {
        InitialBufferBytes = 4096,
        MaxFrameBytes = 20_000,
        MaxMessageBytes = 50_000,
        MaxFragments = 64,
    };

    [Test]
    public void RandomFragmentationsReassembleToTheSameMessages()
    {
        var plans = ArbMap.Default.ArbFor<int>();
        Seeded.Check(Prop.ForAll(plans, seed =>
        {
            var random = new Random(seed);
            var (stream, expected) = Fragment(random);
            var fed = new FedReader(Small);
            for (var at = 0; at < stream.Length;)
            {
                var piece = Math.Min(1 + random.Next(random.Next(2) == 0 ? 5 : 3_000), stream.Length - at);
                fed.Feed(stream.AsSpan(at, piece));
                at += piece;
            }

            return fed.Found.SequenceEqual(expected);
        }));
    }

    [Test]
    public void RandomBytesNeverThrowAndNeverTakeMemoryBeyondTheCaps()
    {
        var (noises, pieces) = (ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>());
        Seeded.Check(Prop.ForAll(noises, pieces, (noise, piece) =>
        {
            var fed = new FedReader(Small);
            for (var at = 0; at < noise.Length; at += piece.Get)
            {
                fed.Feed(noise.AsSpan(at, Math.Min(piece.Get, noise.Length - at)));
            }

            return fed.Reader.HeldBytes <= Small.MaxFrameBytes + Small.MaxMessageBytes;
        }), runs: 2_000);
    }

    [Test]
    public void MutatedStreamsNeverThrowAndEndInAFaultOrInMessages()
    {
        Seeded.Check(Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var (stream, _) = Fragment(random);
            for (var i = 0; i < 3; i++)
            {
                stream[random.Next(stream.Length)] = (byte)random.Next(256);
            }

            var fed = new FedReader(Small);
            fed.Feed(stream);
            return fed.Reader.HeldBytes <= Small.MaxFrameBytes + Small.MaxMessageBytes
                && fed.Found.SkipLast(1).All(found => !found.StartsWith("fault", StringComparison.Ordinal));
        }), runs: 500);
    }

    /// <summary>
    /// Some messages, each cut at random, with pings and pongs strewn between, and what is to be found in them.
    /// </summary>
    private static (byte[] Stream, List<string> Expected) Fragment(Random random)
    {
        var frames = new List<byte[]>();
        var expected = new List<string>();
        for (var message = random.Next(1, 8); message > 0; message--)
        {
            var isText = random.Next(2) == 0;
            var payload = new byte[random.Next(3) == 0 ? random.Next(12_000) : random.Next(200)];
            if (isText)
            {
                payload = System.Text.Encoding.UTF8.GetBytes(
                    string.Concat(Enumerable.Range(0, payload.Length / 3).Select(i => i % 7 == 0 ? "\u20ac" : "a")));
            }
            else
            {
                random.NextBytes(payload);
            }

            var pieces = random.Next(1, 6);
            for (var (piece, at) = (0, 0); piece < pieces; piece++)
            {
                var length = piece == pieces - 1 ? payload.Length - at : random.Next(payload.Length - at + 1);
                frames.Add(ServerFrames.Frame(
                    piece > 0 ? 0 : isText ? 1 : 2, payload[at..(at + length)], fin: piece == pieces - 1));
                at += length;
                if (random.Next(3) == 0 && piece < pieces - 1)
                {
                    var ping = new byte[random.Next(126)];
                    frames.Add(ServerFrames.Frame(9, ping));
                    expected.Add($"Ping {FedReader.Show(ping)}");
                }
            }

            expected.Add($"{(isText ? "Text" : "Binary")} {FedReader.Show(payload)}");
        }

        return (ServerFrames.Join([.. frames]), expected);
    }
}
