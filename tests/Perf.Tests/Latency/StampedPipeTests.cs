using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks;
using LowLatencyQuoter.Perf.Latency.Sockets;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class StampedPipeTests
{
    [Test]
    public async Task EveryMessageIsStampedOnceHoweverItsBytesAreCut()
    {
        var random = Seeded.Random();
        var frames = new FrameStamps();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writer = new StampedPipe(pipe.Writer, frames);
        var sent = new ArrayBufferWriter<byte>();
        const int Count = 200;
        for (var frame = 0; frame < Count; frame++)
        {
            var size = random.Next(3) == 0 ? 0 : random.Next(1, 9_000);
            var prefix = new byte[MessagePrefix.Bytes];
            MessagePrefix.Write(prefix, false, (uint)size);
            sent.Write(prefix);
            var body = new byte[size];
            random.NextBytes(body);
            sent.Write(body);
        }

        frames.BeginTurn();
        for (var left = sent.WrittenMemory; !left.IsEmpty;)
        {
            var part = left[..Math.Min(left.Length, random.Next(1, 6_000))];
            writer.Write(part.Span);
            left = left[part.Length..];
        }

        await writer.FlushAsync();
        await writer.CompleteAsync();
        var last = 0L;
        for (var frame = 0; frame < Count; frame++)
        {
            var (turn, encoded) = frames.Of(frame);
            Assert.That(turn, Is.Positive);
            Assert.That(encoded, Is.GreaterThanOrEqualTo(turn).And.GreaterThanOrEqualTo(last));
            last = encoded;
        }

        Assert.That(frames.Of(Count).Encoded, Is.Zero, "no message more than there are");
        var read = await pipe.Reader.ReadAsync();
        Assert.That(read.Buffer.ToArray(), Is.EqualTo(sent.WrittenSpan.ToArray()), "not a byte is changed");
    }
}
