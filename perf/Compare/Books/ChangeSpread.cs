namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>Where the levels of a <see cref="ChangeStream"/> lie, and which of them change.</summary>
/// <param name="GapMax">Two neighbours are from 1 up to less than so many ticks apart.</param>
/// <param name="NearPercent">So many percent of the changes are within the nearest levels.</param>
/// <param name="NearLevels">How many those are.</param>
/// <param name="FarLevels">The other changes are within so many.</param>
internal sealed record ChangeSpread(int GapMax, int NearPercent, int NearLevels, int FarLevels)
{
    /// <summary>As on a live feed: 80 % within the 8 best levels, the rest within the 200 best.</summary>
    public static ChangeSpread Near { get; } = new(4, 80, 8, 200);

    /// <summary>
    /// All over the book, each level as often as any other, and levels so far apart that a few thousand of them leave
    /// the window of 32,768 ticks which a ladder keeps around the touch.
    /// </summary>
    public static ChangeSpread Far { get; } = new(40, 0, 0, int.MaxValue);
}
