using System;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// Moves one venue's book around the common mid: levels the mid has reached are taken, others change, come and go,
/// mostly near the touch. Every bid stays below the mid and every ask above it, so the book never crosses.
/// </summary>
internal sealed class BookFlow
{
    private const double LargeLevelShare = 0.01;
    private const double RoundPriceShare = 0.3;
    private const double RoundSizeShare = 0.4;
    private const double NearRanks = 8;

    private readonly SimulatedBook _book;
    private readonly FlowProfile _profile;
    private readonly CommonMid _mid;
    private readonly Random _random;
    private readonly long _unitsPerTick;
    private readonly long _roundTicks;
    private readonly double _changesPerStep;
    private readonly double _typicalLots;

    public BookFlow(SimulatedBook book, FlowProfile profile, CommonMid mid, int seed)
    {
        var instrument = book.Listing.Instrument;
        _book = book;
        _profile = profile;
        _mid = mid;
        _random = new Random(seed);
        _unitsPerTick = Pow10.Long(CommonMid.Decimals - book.Listing.PriceDecimals);
        _roundTicks = Math.Max(1, (long)(instrument.RoundStep * Pow10.Decimal(book.Listing.PriceDecimals)));
        _changesPerStep = profile.ChangesPerSecond * instrument.Activity * SimulatedMarket.StepSeconds;
        _typicalLots = (double)(instrument.TypicalSize * Pow10.Decimal(book.Listing.QuantityDecimals));
        Fill(Side.Bid);
        Fill(Side.Ask);
        book.BeginStep();
    }

    private double SpacingTicks => Math.Max(1.0, Ticks(_profile.SpacingBps));

    /// <summary>Moves the book one step on; its changes are in <see cref="SimulatedBook.Changes"/>.</summary>
    public void Step()
    {
        _book.BeginStep();
        foreach (var side in (ReadOnlySpan<Side>)[Side.Bid, Side.Ask])
        {
            TakeWhatTheMidReached(side);
            QuoteNearTheMid(side);
            KeepDepth(side);
        }

        var changes = (int)(_changesPerStep + _random.NextDouble());
        for (var i = 0; i < changes; i++)
        {
            ChangeSomething(_random.Next(2) == 0 ? Side.Bid : Side.Ask);
        }
    }

    private double Ticks(double bps) => _mid.Units / 10_000.0 * bps / _unitsPerTick;

    /// <summary>The price nearest to the mid that the side may quote.</summary>
    private long Limit(Side side)
    {
        var half = (long)(_mid.Units / 10_000.0 * _profile.HalfSpreadBps);
        var bid = (_mid.Units - half) / _unitsPerTick;
        return side == Side.Bid ? bid : Math.Max(bid + 1, (_mid.Units + half + _unitsPerTick - 1) / _unitsPerTick);
    }

    private static long Away(Side side, long limit, double distance) =>
        Math.Max(1, side == Side.Bid ? limit - (long)distance : limit + (long)distance);

    private void Fill(Side side)
    {
        var limit = Limit(side);
        var distance = 0.0;
        for (var rank = 0; rank < _profile.LevelsPerSide; rank++)
        {
            var widening = 1.0 + (2.0 * rank / _profile.LevelsPerSide);
            _book.Set(side, Away(side, limit, distance), Size(rank));
            distance += Math.Max(1.0, SpacingTicks * widening * (0.5 + _random.NextDouble()));
        }
    }

    private void TakeWhatTheMidReached(Side side)
    {
        var limit = Limit(side);
        var levels = _book.Side(side);
        while (levels.Count > 0 && Beyond(side, levels.TicksAt(0), limit))
        {
            _book.Set(side, levels.TicksAt(0), 0);
        }

        if (levels.Count == 0)
        {
            Fill(side);     // the market jumped over all of it
        }
    }

    private static bool Beyond(Side side, long ticks, long limit) => side == Side.Bid ? ticks > limit : ticks < limit;

    private void QuoteNearTheMid(Side side)
    {
        var limit = Limit(side);
        var levels = _book.Side(side);
        var gap = levels.Count == 0 ? long.MaxValue : Math.Abs(levels.TicksAt(0) - limit);
        if (gap > 1.5 * SpacingTicks && _random.NextDouble() < 0.5)
        {
            _book.Set(side, Away(side, limit, _random.NextDouble() * SpacingTicks), Size(0));
        }
    }

    private void KeepDepth(Side side)
    {
        var levels = _book.Side(side);
        if (levels.Count > _profile.LevelsPerSide * 1.03)
        {
            _book.Set(side, levels.TicksAt(levels.Count - 1), 0);
        }
        else if (levels.Count < _profile.LevelsPerSide * 0.97)
        {
            var worst = levels.TicksAt(levels.Count - 1);
            _book.Set(side, Away(side, worst, 1 + (_random.NextDouble() * 3 * SpacingTicks)), Size(levels.Count));
        }
    }

    private void ChangeSomething(Side side)
    {
        var levels = _book.Side(side);
        var kind = _random.NextDouble();
        var near = Math.Min(levels.Count - 1, (int)Exponential(NearRanks));
        if (kind < 0.55)
        {
            _book.Set(side, levels.TicksAt(near), Size(near));
        }
        else if (kind < 0.76)
        {
            _book.Set(side, NewPrice(side), Size(near));
        }
        else if (kind < 0.93)
        {
            _book.Set(side, levels.TicksAt(near), 0);
        }
        else
        {
            var rank = _random.Next(levels.Count);
            _book.Set(side, levels.TicksAt(rank), Size(rank));
        }
    }

    private long NewPrice(Side side)
    {
        var limit = Limit(side);
        var ticks = Away(side, limit, Exponential(12 * SpacingTicks));
        if (_random.NextDouble() >= RoundPriceShare)
        {
            return ticks;
        }

        var away = side == Side.Bid ? 0 : _roundTicks - 1;      // rounding never brings a price nearer to the mid
        return Math.Max(1, (ticks + away) / _roundTicks * _roundTicks);
    }

    /// <summary>Sizes are largest near the touch; some are round, a few are large.</summary>
    private long Size(int rank)
    {
        var factor = (0.05 + Exponential(1.0)) * (1.0 + (2.0 * Math.Exp(-rank / 6.0)));
        factor *= _random.NextDouble() < LargeLevelShare ? 10.0 + (20.0 * _random.NextDouble()) : 1.0;
        var lots = Math.Max(1, (long)(_typicalLots * factor));
        var round = Math.Max(1, (long)Math.Pow(10, Math.Floor(Math.Log10(lots))) / 10);
        return _random.NextDouble() < RoundSizeShare ? Math.Max(1, lots / round * round) : lots;
    }

    private double Exponential(double mean) => -Math.Log(1.0 - _random.NextDouble()) * mean;
}
