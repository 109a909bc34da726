using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>The numbers of a connection's messages, where the venue gives them any.</summary>
internal sealed class SlowNumbers
{
    private long? _last;

    /// <summary>What the reading is, in the order of the messages.</summary>
    public SlowReading Judge(SlowReading reading)
    {
        if (reading.Number is not { } number)
        {
            _last = reading.Kind == FrameKind.Failed ? null : _last;
            return reading;
        }

        var isNext = _last is null || number == _last + 1;
        _last = number;
        return isNext ? reading : new SlowReading(FrameKind.Gapped);
    }

    /// <summary>The next message may have any number.</summary>
    public void Forget() => _last = null;
}
