namespace LowLatencyQuoter.Exchange.Market;

/// <summary>Exact powers of ten.</summary>
internal static class Pow10
{
    /// <summary>10 to the power, 0 to 18.</summary>
    public static long Long(int power)
    {
        var value = 1L;
        for (var i = 0; i < power; i++)
        {
            value = checked(value * 10);
        }

        return value;
    }

    /// <summary>10 to the power, 0 to 18.</summary>
    public static decimal Decimal(int power) => Long(power);

    /// <summary>The smallest step of so many decimals as text: <c>0.001</c>, and <c>1</c> for none.</summary>
    public static string Step(int decimals) => decimals == 0 ? "1" : $"0.{new string('0', decimals - 1)}1";
}
