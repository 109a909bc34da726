namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>What a consumer received. Threads: the consumer, and who joined it.</summary>
internal sealed class Tally
{
    /// <summary>Events.</summary>
    public long Count;

    /// <summary>Sum of the first and last fields, which tells lost and torn events.</summary>
    public long Sum;

    /// <summary>Takes an event in.</summary>
    public void Add(in Event64 item)
    {
        Count++;
        Sum += item.First + item.Last;
    }
}
