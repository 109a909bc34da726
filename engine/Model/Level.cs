using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Model;

/// <summary>
/// One price with its quantity, both as scaled integers: <c>value * 10^-scale</c>, the scales standing beside it in
/// the event, book or quote that holds the level. A quantity of 0 in an update deletes the price.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct Level
{
    /// <summary>Price, positive.</summary>
    public long Price;

    /// <summary>Quantity, 0 or positive.</summary>
    public long Quantity;

    /// <summary>Makes a level.</summary>
    public Level(long price, long quantity)
    {
        Price = price;
        Quantity = quantity;
    }
}
