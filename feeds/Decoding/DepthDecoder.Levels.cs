using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <content>
/// Levels on their way into the open message: from their texts or as scaled integers, onto the scales of the book,
/// which become finer when a number needs it.
/// </content>
public sealed partial class DepthDecoder
{
    /// <summary>Adds one level from its texts.</summary>
    public bool TryAdd(Side side, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity)
    {
        ref var message = ref _lane.Current;
        if (_scaleSource == ScaleSource.ShortestText)
        {
            // What is deleted is in no checksum, however it is spelled.
            _scales[message.Book].HasOddSpelling |=
                !ShortestText.IsZero(quantity) && !(ShortestText.Is(price) && ShortestText.Is(quantity));
        }
        else if (_scaleSource == ScaleSource.ShortestNumber)
        {
            _scales[message.Book].HasOddSpelling |=
                !ShortestText.IsZero(quantity) && !(ShortestNumber.Is(price) && ShortestNumber.Is(quantity));
        }

        if (DecimalText.TryScale(price, message.PriceScale, out var scaledPrice) != DecimalOutcome.Exact
            || DecimalText.TryScale(quantity, message.QuantityScale, out var scaledQuantity) != DecimalOutcome.Exact
            || (_scaleSource == ScaleSource.WrittenDigits && !HasScale(price, quantity, ref message)))
        {
            return TryAddFiner(side, price, quantity);
        }

        return scaledPrice <= 0 || scaledQuantity < 0
            ? Fail(FaultCode.MalformedNumber)
            : TryStore(side, scaledPrice, scaledQuantity);
    }

    /// <summary>
    /// Reads an array of levels, each an array that starts with price and quantity, as numbers or strings; further
    /// elements are passed over.
    /// </summary>
    /// <param name="json">Stands before the array.</param>
    /// <param name="side">Bids or asks.</param>
    /// <param name="passesZeroPrices">
    /// True where a row whose price is zero says nothing of a level (KuCoin), and is passed over.
    /// </param>
    public bool TryAddRows(ref JsonScanner json, Side side, bool passesZeroPrices = false)
    {
        if (!json.TryEnterArray())
        {
            return Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            if (!json.TryEnterArray()
                || !json.TryNextElement() || !TryReadPrice(ref json, out var price)
                || !json.TryNextElement() || !TryReadQuantity(ref json, out var quantity))
            {
                return Fail(FaultCode.MalformedMessage);
            }

            if (!(passesZeroPrices && IsZero(price)) && !TryAdd(side, price, quantity))
            {
                return false;
            }

            while (json.TryNextElement())
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None || Fail(FaultCode.MalformedMessage);
    }

    /// <summary>Reads a price, a number or a string; good until the next one is read.</summary>
    internal bool TryReadPrice(scoped ref JsonScanner json, out ReadOnlySpan<byte> text) =>
        json.TryReadNumberText(_priceRoom, out text);

    /// <summary>Likewise a quantity.</summary>
    internal bool TryReadQuantity(scoped ref JsonScanner json, out ReadOnlySpan<byte> text) =>
        json.TryReadNumberText(_quantityRoom, out text);

    /// <summary>
    /// True while every level of the book was spelled as the venue spells numbers, so that its text can be made again.
    /// </summary>
    internal bool HasVenueSpelling(int book) => !_scales[book].HasOddSpelling;

    /// <summary>True for the number zero, however it is spelled.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> number) =>
        DecimalText.TryScale(number, 0, out var value) == DecimalOutcome.Exact && value == 0;

    private static bool HasScale(ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, ref DepthEvent message) =>
        WrittenDigits(price) <= message.PriceScale && WrittenDigits(quantity) <= message.QuantityScale;

    private static int WrittenDigits(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        return point < 0 ? 0 : text.Length - point - 1;   // an exponent only makes this larger: the general way decides
    }

    /// <summary>
    /// Digits behind the point of the last price read the short way; the next one is mostly printed alike.
    /// </summary>
    internal int PriceDecimals { get; set; }

    /// <summary>Likewise of the last quantity.</summary>
    internal int QuantityDecimals { get; set; }

    /// <summary>What the last rows looked like.</summary>
    internal RowTemplates Templates { get; } = new();

    /// <summary>Adds one level that is on the message's scales already.</summary>
    internal bool TryStore(Side side, long price, long quantity)
    {
        if (Message.IsFull && !TryContinue())
        {
            return false;
        }

        _lane.Add(side, price, quantity);
        return true;
    }

    /// <summary>The general way: any spelling of a number, and scales that have to become finer.</summary>
    private bool TryAddFiner(Side side, ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> quantityText) =>
        DecimalText.Parse(priceText, out var price) == DecimalOutcome.Exact
            && DecimalText.Parse(quantityText, out var quantity) == DecimalOutcome.Exact
            ? TryAddFiner(side, price, quantity)
            : Fail(FaultCode.MalformedNumber);

    /// <summary>Adds a level whose numbers may need finer scales than the message has.</summary>
    private bool TryAddFiner(Side side, DecimalNumber price, DecimalNumber quantity)
    {
        if (price.IsNegative || quantity.IsNegative)
        {
            return Fail(FaultCode.MalformedNumber);
        }

        ref var message = ref _lane.Current;
        var priceScale = Math.Max(message.PriceScale, Needed(price));
        var quantityScale = Math.Max(message.QuantityScale, Needed(quantity));
        if (priceScale > Scale.Max || quantityScale > Scale.Max)
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        if ((priceScale != message.PriceScale || quantityScale != message.QuantityScale)
            && !_lane.TryWiden(priceScale, quantityScale))
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        if (price.TryScale(priceScale, out var scaledPrice) != DecimalOutcome.Exact
            || quantity.TryScale(quantityScale, out var scaledQuantity) != DecimalOutcome.Exact)
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        ref var scales = ref _scales[message.Book];
        scales.Price = (byte)priceScale;
        scales.Quantity = (byte)quantityScale;
        return scaledPrice == 0 ? Fail(FaultCode.MalformedNumber) : TryStore(side, scaledPrice, scaledQuantity);
    }

    private int Needed(DecimalNumber number) =>
        _scaleSource == ScaleSource.WrittenDigits ? number.WrittenScale : number.Scale;
}
