using System.Threading;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Tests.Ring;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

public sealed class NoticeBoardTests
{
    [Test]
    public void NoticesComeInOrder()
    {
        using var board = new NoticeBoard();
        board.Post(new Notice { Nanos = 1 });
        board.Post(new Notice { Nanos = 2 });

        Assert.That(board.TryTake(out var notice) && notice.Nanos == 1, Is.True);
        Assert.That(board.TryTake(out notice) && notice.Nanos == 2, Is.True);
        Assert.That(board.TryTake(out _), Is.False);
    }

    [Test]
    public void FullBoardDropsTheNewestAndCountsIt()
    {
        using var board = new NoticeBoard();
        for (var nanos = 0; nanos < 1_024 + 10; nanos++)
        {
            board.Post(new Notice { Nanos = nanos });
        }

        Assert.That(board.Dropped, Is.EqualTo(10));
        for (var nanos = 0; nanos < 1_024; nanos++)
        {
            Assert.That(board.TryTake(out var notice) && notice.Nanos == nanos, Is.True);
        }

        Assert.That(board.TryTake(out _), Is.False);
        board.Post(new Notice { Nanos = 5_000 });
        Assert.That(board.TryTake(out var late) && late.Nanos == 5_000, Is.True);
    }

    [Test]
    [Category(Categories.Litmus)]
    public void EveryNoticeOfSeveralThreadsIsTakenOnceOrCountedAsDropped()
    {
        const int Posters = 3;
        using var board = new NoticeBoard();
        var (running, posted, taken) = (Posters, 0L, 0L);
        void Post(Race race, int poster)
        {
            var count = 0L;
            while (race.GoesOn)
            {
                count++;
                board.Post(new Notice { Book = poster, Nanos = count, Expected = count, Received = count });
                if ((count & 0xFF) == 0)
                {
                    Thread.Yield();
                }
            }

            Interlocked.Add(ref posted, count);
            Interlocked.Decrement(ref running);
        }

        Race.Run(
            race => Post(race, 0),
            race => Post(race, 1),
            race => Post(race, 2),
            race =>
            {
                var last = new long[Posters];
                while (true)
                {
                    var finished = Volatile.Read(ref running) == 0;
                    while (board.TryTake(out var notice))
                    {
                        Race.Demand(notice.Nanos == notice.Expected && notice.Nanos == notice.Received,
                            "a notice is torn");
                        Race.Demand(notice.Nanos > last[notice.Book], "a notice came twice or late");
                        last[notice.Book] = notice.Nanos;
                        taken++;
                    }

                    if (finished)
                    {
                        return;
                    }

                    Thread.Yield();
                }
            });

        Assert.That(taken + board.Dropped, Is.EqualTo(posted));
        Assert.That(taken, Is.GreaterThan(0));
    }
}
