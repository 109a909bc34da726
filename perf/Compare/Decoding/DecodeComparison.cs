using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// A venue's frames into the lane, against <see cref="System.Text.Json.Utf8JsonReader"/> into an array.
/// </summary>
/// <typeparam name="TDialect">Ours.</typeparam>
/// <typeparam name="TUtf8">The baseline.</typeparam>
internal sealed class DecodeComparison<TDialect, TUtf8> : LoopComparison
    where TDialect : struct, IVenueDialect<TDialect>
    where TUtf8 : struct, IUtf8Dialect
{
    private const int LaneCapacity = 64;
    private readonly byte[][] _frames;
    private readonly byte[] _symbol;
    private readonly int _levels;
    private readonly byte[][] _opening;
    private readonly DepthLane _lane = new(LaneCapacity);
    private readonly DepthDecoder _decoder;
    private readonly DepthUpdate _update = new();
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Reads the frames over and over.</summary>
    /// <param name="symbol">The symbol they all are of.</param>
    /// <param name="levels">Levels in each of them.</param>
    /// <param name="priceScale">Decimal digits of prices that the venue declares.</param>
    /// <param name="quantityScale">Decimal digits of quantities that the venue declares.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="opening">What the venue says before them.</param>
    public DecodeComparison(
        string symbol, int levels, int priceScale, int quantityScale, byte[][] frames, params string[] opening)
    {
        _frames = frames;
        _levels = levels;
        _symbol = Encoding.ASCII.GetBytes(symbol);
        var directory = new SymbolDirectory([new KeyValuePair<string, int>(symbol, 0)]);
        _decoder = new DepthDecoder(_lane, directory, 1, TDialect.Profile.ScaleSource, FullLanePolicy.DropAndFault);
        _decoder.Declare(0, priceScale, quantityScale);
        _opening = [.. opening.Select(Encoding.ASCII.GetBytes)];
    }

    /// <inheritdoc/>
    public override int Chunk => 1_000 / _levels * 20;

    /// <inheritdoc/>
    public override double UnitsPerOperation => _levels;

    /// <inheritdoc/>
    public override void Check()
    {
        Begin();
        _ourNext = _frames.Length;
        var before = _decoder.GeneralFrames;
        foreach (var frame in _frames)
        {
            Read(frame);
            if (TDialect.Decode(frame, _decoder).Kind != FrameKind.Depth)
            {
                throw new ComparisonException($"ours refused {Encoding.ASCII.GetString(frame)}");
            }

            Compare(frame);
            Consume();
        }

        if (_decoder.GeneralFrames != before && Wire.Text.DigitPair.IsSupported)
        {
            throw new ComparisonException(
                $"{_decoder.GeneralFrames - before} of {_frames.Length} frames missed the usual shape");
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            if (_ourNext == _frames.Length)
            {
                _ourNext = 0;
                Begin();
            }

            TDialect.Decode(_frames[_ourNext++], _decoder);
            Consume();
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            TUtf8.TryRead(_frames[_baselineNext], _symbol, _update);
            _baselineNext = _baselineNext + 1 == _frames.Length ? 0 : _baselineNext + 1;
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _lane.Dispose();

    /// <summary>Numbers of messages begin again.</summary>
    private void Begin()
    {
        _decoder.BeginConnection();
        foreach (var frame in _opening)
        {
            TDialect.Decode(frame, _decoder);
        }
    }

    private void Consume() => _lane.Consumed.Set(_lane.PublishedCount - 1);

    private void Read(byte[] frame)
    {
        if (!TUtf8.TryRead(frame, _symbol, _update))
        {
            throw new ComparisonException($"the baseline refused {Encoding.ASCII.GetString(frame)}");
        }
    }

    /// <summary>The message may take several slots; bids come first in all of them.</summary>
    private void Compare(byte[] frame)
    {
        var bids = 0;
        var asks = 0;
        var same = true;
        for (var sequence = _lane.Consumed.Get() + 1; sequence < _lane.PublishedCount; sequence++)
        {
            ref var item = ref _lane.Ring[sequence];
            var price = Scale.Power(DepthUpdate.Scale - item.PriceScale);
            var quantity = Scale.Power(DepthUpdate.Scale - item.QuantityScale);
            for (var index = 0; index < item.BidCount; index++)
            {
                same &= IsSame(item.Bid(index), price, quantity, _update.Bids[bids++]);
            }

            for (var index = 0; index < item.AskCount; index++)
            {
                same &= IsSame(item.Ask(index), price, quantity, _update.Asks[asks++]);
            }

            same &= item.LastUpdateId == _update.LastUpdateId && item.FirstUpdateId == _update.FirstUpdateId;
            same &= item.Checksum == (uint)_update.Checksum;
        }

        if (!same || bids != _update.BidCount || asks != _update.AskCount || bids + asks != _levels)
        {
            throw new ComparisonException(
                $"the two sides read different levels from {Encoding.ASCII.GetString(frame)}");
        }
    }

    private static bool IsSame(in Level ours, long pricePower, long quantityPower, in Level baseline) =>
        ours.Price * pricePower == baseline.Price && ours.Quantity * quantityPower == baseline.Quantity;
}
