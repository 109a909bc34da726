namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>A fault that waits for what it will spoil. Touch it under its venue's lock.</summary>
internal sealed class ArmedFault
{
    public ArmedFault(Fault fault, string? symbol, long? ends)
    {
        Fault = fault;
        Symbol = symbol;
        Ends = ends;
        Left = fault.Count;
    }

    public Fault Fault { get; }

    /// <summary>The book it concerns in the venue's spelling; null: any.</summary>
    public string? Symbol { get; }

    /// <summary>When it ends by itself, by the clock's timestamps; null: it does not.</summary>
    public long? Ends { get; }

    /// <summary>How many it still spoils; of a count of 0 any number.</summary>
    public int Left { get; set; }

    public bool IsOver => Fault.Count != 0 && Left == 0;
}
