using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// What a book changed since the last publication, newest size of each price, both sides in the order in which they
/// changed first.
/// </summary>
internal sealed class OrderedChanges
{
    private readonly OrderedDictionary<(Side Side, long Ticks), long> _lots = [];

    public bool Any => _lots.Count != 0;

    public void Add(IReadOnlyList<LevelChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            _lots[(changes[i].Side, changes[i].Ticks)] = changes[i].Lots;
        }
    }

    /// <summary>The changes; good until the next one is added.</summary>
    public IEnumerable<LevelChange> All()
    {
        foreach (var (level, lots) in _lots)
        {
            yield return new LevelChange(level.Side, level.Ticks, lots);
        }
    }

    public void Clear() => _lots.Clear();
}
