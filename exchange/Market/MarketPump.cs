using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>Steps the market as time passes, times the rate, and lets the venues keep their sessions alive.</summary>
internal sealed class MarketPump
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MarketStep = TimeSpan.FromSeconds(SimulatedMarket.StepSeconds);

    private readonly SimulatedMarket _market;
    private readonly IReadOnlyList<IVenueSimulation> _venues;
    private readonly TimeProvider _time;
    private readonly double _rate;
    private readonly TimeSpan _debtMax;
    private TimeSpan _debt;

    public MarketPump(
        SimulatedMarket market, IReadOnlyList<IVenueSimulation> venues, TimeProvider time, double rate)
    {
        _market = market;
        _venues = venues;
        _time = time;
        _rate = rate;
        // After a stall of the machine the market goes on from where it stood instead of racing to catch up.
        _debtMax = TimeSpan.FromMilliseconds(200) * Math.Max(1.0, rate);
    }

    /// <summary>Runs until canceled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, _time);
        var last = _time.GetTimestamp();
        while (await NextAsync(timer, cancellation))
        {
            var now = _time.GetTimestamp();
            Advance(_time.GetElapsedTime(last, now) * _rate, cancellation);
            last = now;
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Advance(TimeSpan marketTime, CancellationToken cancellation)
    {
        _debt += marketTime;
        _debt = _debt < _debtMax ? _debt : _debtMax;
        while (_debt >= MarketStep && !cancellation.IsCancellationRequested)
        {
            _debt -= MarketStep;
            lock (_market.Gate)
            {
                _market.Step();
            }
        }

        lock (_market.Gate)
        {
            foreach (var venue in _venues)
            {
                venue.Tick();
            }
        }
    }
}
