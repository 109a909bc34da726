using System;
using System.Threading;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// What waits, so that the reader does not: making a connection and closing one, each on a thread that lives only
/// meanwhile. A socket belongs to one thread at a time; it changes hands with <see cref="TryTake"/> and
/// <see cref="Close"/>. Threads: the reader's, but <see cref="Stop"/> by any and disposal when the reader has ended.
/// </summary>
internal sealed class Dialing : IReceiveIdle, IDisposable
{
    private const int PatienceMillis = 2_000;
    private readonly string _threadName;
    private readonly INetwork _network;
    private readonly Action<Exception> _onFatal;
    private Thread? _thread;
    private Dialed? _dialed;
    private bool _busy;
    private volatile bool _stopping;

    /// <summary>Prepares for a venue.</summary>
    /// <param name="venue">Names the threads.</param>
    /// <param name="network">Has the threads.</param>
    /// <param name="onFatal">Called with an exception that must not be.</param>
    public Dialing(string venue, INetwork network, Action<Exception> onFatal)
    {
        _network = network;
        _threadName = "dial-" + (venue.Length > 10 ? venue[..10] : venue);
        _onFatal = onFatal;
    }

    /// <summary>True while something is under way.</summary>
    public bool IsBusy => Volatile.Read(ref _busy);

    /// <summary>True from <see cref="Stop"/> on.</summary>
    public bool IsStopping => _stopping;

    /// <summary>Starts an attempt; nothing else may be under way.</summary>
    public void Begin(Func<Dialed> dial) => Run(() => _dialed = dial());

    /// <summary>Takes what came of the attempt; false while it is under way.</summary>
    public bool TryTake(out Dialed dialed)
    {
        dialed = null!;
        if (IsBusy || _dialed is null)
        {
            return false;
        }

        dialed = _dialed;
        _dialed = null;
        return true;
    }

    /// <summary>Closes a socket in order, and drops it when the peer does not answer.</summary>
    public void Close(IVenueSocket socket) => Run(() =>
    {
        socket.Close(CloseCode.Normal);
        socket.Dispose();
    });

    /// <inheritdoc/>
    public bool OnIdle() => !_stopping;

    /// <summary>Ends an attempt under way.</summary>
    public void Stop() => _stopping = true;

    /// <summary>Waits for what is under way, at most two seconds, and drops a socket that nobody took.</summary>
    public void Dispose()
    {
        _stopping = true;
        if (_thread is null || _thread.Join(PatienceMillis))
        {
            _dialed?.Socket?.Dispose();
        }
    }

    private void Run(Action work)
    {
        Volatile.Write(ref _busy, true);
        _thread = _network.Start(_threadName, () =>
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // not swallowed: the process ends through onFatal
            catch (Exception e)
#pragma warning restore CA1031
            {
                _onFatal(e);
            }
            finally
            {
                Volatile.Write(ref _busy, false);   // release: what was done is seen by who reads this
            }
        });
    }
}
