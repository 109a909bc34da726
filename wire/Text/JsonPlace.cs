namespace LowLatencyQuoter.Wire.Text;

/// <summary>A place before a value, for <see cref="JsonScanner.Return"/>.</summary>
public readonly struct JsonPlace
{
    internal JsonPlace(int at, int depth)
    {
        At = at;
        Depth = depth;
    }

    /// <summary>Index of the next byte.</summary>
    internal int At { get; }

    /// <summary>Containers around it.</summary>
    internal int Depth { get; }

    /// <summary>False for a place that was never taken.</summary>
    public bool IsSet => At != 0;
}
