using System.Threading;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Hands subscribers that want attention to the publisher: a stack linked through the subscribers themselves, so that
/// posting allocates nothing and an idle publisher pays one read.
/// Invariant: a subscriber is in the stack at most once. It writes what it wants before it posts, and the publisher
/// clears <see cref="QuoteSubscriber.Posted"/> before it reads that; so a wish is seen now or posted again.
/// Threads: any post; the publisher takes.
/// </summary>
internal sealed class SubscriberInbox(WaitSignal signal)
{
    private QuoteSubscriber? _head;

    /// <summary>Asks for the publisher's attention.</summary>
    public void Post(QuoteSubscriber subscriber)
    {
        if (Interlocked.Exchange(ref subscriber.Posted, 1) == 0)
        {
            var head = Volatile.Read(ref _head);
            while (true)
            {
                subscriber.Next = head;
                var found = Interlocked.CompareExchange(ref _head, subscriber, head);
                if (found == head)
                {
                    break;
                }

                head = found;
            }
        }

        signal.Notify();
    }

    /// <summary>
    /// Publisher: takes all that were posted, linked through <see cref="QuoteSubscriber.Next"/>; usually null.
    /// </summary>
    public QuoteSubscriber? TakeAll() =>
        Volatile.Read(ref _head) is null ? null : Interlocked.Exchange(ref _head, null);

    /// <summary>
    /// Publisher: takes one off the list that <see cref="TakeAll"/> gave, and returns the rest of it.
    /// </summary>
    public static QuoteSubscriber? Unlink(QuoteSubscriber subscriber)
    {
        var next = subscriber.Next;
        subscriber.Next = null;
        Interlocked.Exchange(ref subscriber.Posted, 0);   // a full fence: what the subscriber wants is read after it
        return next;
    }
}
