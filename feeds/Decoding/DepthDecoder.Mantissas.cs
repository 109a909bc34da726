using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <content>Levels of binary messages, whose numbers are integers times a power of ten.</content>
public sealed partial class DepthDecoder
{
    /// <summary>
    /// The ids of whole books, where a venue sends them with each message and nothing else tells an old one.
    /// </summary>
    internal RisingIds Rising { get; }

    /// <summary>
    /// Adds the levels of one side; false, with the fault set, when one of them cannot be: the message must be
    /// abandoned.
    /// </summary>
    internal bool TryAddMantissas(Side side, scoped in MantissaRows rows, MantissaRows.Exponents exponents)
    {
        ref var message = ref _lane.Current;
        var prices = MantissaScale.Of(exponents.Price, message.PriceScale);
        var quantities = MantissaScale.Of(exponents.Quantity, message.QuantityScale);
        for (var row = 0; row < rows.Count; row++)
        {
            rows.Read(row, out var price, out var quantity);
            if (prices.TryApply(price, out var scaledPrice) & quantities.TryApply(quantity, out var scaledQuantity))
            {
                if (scaledPrice == 0)
                {
                    return Fail(FaultCode.MalformedNumber);
                }

                if (!TryStore(side, scaledPrice, scaledQuantity))
                {
                    return false;
                }

                continue;
            }

            if (!TryAddFiner(
                side,
                DecimalNumber.OfMantissa(price, exponents.Price),
                DecimalNumber.OfMantissa(quantity, exponents.Quantity)))
            {
                return false;
            }

            message = ref _lane.Current;
            prices = MantissaScale.Of(exponents.Price, message.PriceScale);
            quantities = MantissaScale.Of(exponents.Quantity, message.QuantityScale);
        }

        return true;
    }
}
