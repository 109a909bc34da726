using System;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// The price all venues of one instrument agree on: a seeded random walk with changing trends that reverts slowly to
/// where it started. Integer units, so that the same seed gives the same walk.
/// </summary>
internal sealed class CommonMid
{
    /// <summary>Units of one: prices below a millionth of the quote asset still have a fine mid.</summary>
    public const int Decimals = 12;

    private const double NoiseBpsPerRootSecond = 0.2;
    private const double TrendBpsPerSecondMax = 0.15;
    private const double TrendChangesPerSecond = 0.05;
    private const long ReversionDivisor = 100_000;     // of the distance, each step: a time constant of 1000 s

    private readonly Random _random;
    private readonly long _anchor;
    private readonly double _noisePerStep;
    private long _trendPerStep;

    public CommonMid(InstrumentProfile instrument, int seed)
    {
        _random = new Random(Seeds.Derive(seed, "mid", instrument.Name));
        _anchor = (long)(instrument.Mid * Pow10.Decimal(Decimals));
        Units = _anchor;
        _noisePerStep = BasisPoint * NoiseBpsPerRootSecond * Math.Sqrt(SimulatedMarket.StepSeconds);
        TurnTrend();
    }

    /// <summary>The mid now, in units of 10 to the minus <see cref="Decimals"/>.</summary>
    public long Units { get; private set; }

    private double BasisPoint => _anchor / 10_000.0;

    /// <summary>Moves one step on.</summary>
    public void Step()
    {
        if (_random.NextDouble() < TrendChangesPerSecond * SimulatedMarket.StepSeconds)
        {
            TurnTrend();
        }

        // The sum of four uniforms is near enough to a normal; its deviation is the root of 4/12.
        var sum = _random.NextDouble() + _random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 2.0;
        var noise = (long)(sum * Math.Sqrt(3.0) * _noisePerStep);
        Units += noise + _trendPerStep + ((_anchor - Units) / ReversionDivisor);
    }

    /// <summary>Jumps by hundredths of a percent.</summary>
    public void Shift(double basisPoints) => Units += (long)(BasisPoint * basisPoints);

    private void TurnTrend() => _trendPerStep = (long)(
        BasisPoint * TrendBpsPerSecondMax * SimulatedMarket.StepSeconds * ((2.0 * _random.NextDouble()) - 1.0));
}
