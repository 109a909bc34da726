using System;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>How a call that streams quotes gets its pipe back from the publisher. Threads: any.</summary>
internal static class SubscriberEnd
{
    /// <summary>How long a client that takes nothing is waited for when its stream is to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Waits until the call is ended from outside, what is streamed is no more, or the stream breaks; then until the
    /// publisher has let go.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="subscriber">Its stream.</param>
    /// <param name="retired">Completes when what is streamed is no more.</param>
    /// <returns>The error that broke the stream, if one did.</returns>
    public static async Task<Exception?> AwaitAsync(GrpcCall call, QuoteSubscriber subscriber, Task retired)
    {
        var stop = call.Cancellation.UnsafeRegister(static self => ((QuoteSubscriber)self!).Stop(), subscriber);
        await using (stop.ConfigureAwait(false))
        {
            var ended = Task.Delay(Timeout.Infinite, call.Cancellation);
            await Task.WhenAny(subscriber.Released, subscriber.Ending, ended, retired).ConfigureAwait(false);
            subscriber.Stop();

            // The publisher lets go between two flushes; a client that holds one up loses its stream.
            try
            {
                await subscriber.Released.WaitAsync(Grace).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                call.Reset();
            }

            return await subscriber.Released.ConfigureAwait(false);
        }
    }
}
