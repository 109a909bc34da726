using System.Collections.Generic;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>Remembers what it was given; throws at one value.</summary>
internal readonly struct RecordingHandler : IEventHandler<long>
{
    public const long Poison = -666;

    public RecordingHandler()
    {
    }

    public List<(long Item, long Sequence, bool EndOfBatch)> Seen { get; } = [];

    public void OnEvent(ref long item, long sequence, bool endOfBatch)
    {
        if (item == Poison)
        {
            throw new System.InvalidOperationException("poison");
        }

        Seen.Add((item, sequence, endOfBatch));
    }
}
