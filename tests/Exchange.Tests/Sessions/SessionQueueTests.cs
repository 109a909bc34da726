using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Sessions;

internal sealed class SessionQueueTests
{
    [Test]
    public void FramesAreBounded()
    {
        var queue = new SessionQueue(framesMax: 2, bytesMax: 1000);
        Assert.That(queue.TryAdd(new byte[10]), Is.True);
        Assert.That(queue.TryAdd(new byte[10]), Is.True);
        Assert.That(queue.TryAdd(new byte[10]), Is.False);
        Assert.That(queue.Count, Is.EqualTo(2));
    }

    [Test]
    public void BytesAreBoundedButOneLargeFramePasses()
    {
        var queue = new SessionQueue(framesMax: 100, bytesMax: 1000);
        Assert.That(queue.TryAdd(new byte[5000]), Is.True, "alone");
        Assert.That(queue.TryAdd(new byte[1]), Is.False);
    }

    [Test]
    public async Task TakenFramesMakeRoom()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var queue = new SessionQueue(framesMax: 4, bytesMax: 100);
        for (var round = 0; round < 50; round++)
        {
            Assert.That(queue.TryAdd(new byte[90]), Is.True);
            await foreach (var frame in queue.TakeAllAsync().WithCancellation(patience.Token))
            {
                Assert.That(frame.Length, Is.EqualTo(90));
                break;
            }
        }

        queue.Complete();
        Assert.That(await queue.TakeAllAsync().CountAsync(patience.Token), Is.Zero);
        Assert.That(queue.TryAdd(new byte[1]), Is.False);
    }
}
