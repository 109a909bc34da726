using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What the quoter has read of one book, and which states of the venue's book it may therefore show.</summary>
internal sealed class BookReceipts
{
    private readonly List<(long Nanos, SentFrame Frame)> _frames = [];
    private readonly List<(long Nanos, SentFrame Frame)> _bodies = [];

    /// <summary>The binding frame read last; null before the first.</summary>
    public SentFrame? Last => LastAt(long.MaxValue);

    /// <summary>The bodies read last; the book's is one of them: it may be held until an update proves it.</summary>
    public IEnumerable<SentFrame> LastBodies => _bodies.TakeLast(4).Select(static read => read.Frame);

    /// <summary>The latest state of the venue's book that a quote showed, since ids could begin anew.</summary>
    public int Shown { get; set; }

    /// <summary>Notes what is read.</summary>
    public void Add(long nanos, SentFrame frame) => (frame.IsBody ? _bodies : _frames).Add((nanos, frame));

    /// <summary>The newest step of the venue that anything read until then showed.</summary>
    public long NewestStep()
    {
        var newest = _frames.Count == 0 ? 0 : _frames[^1].Frame.Step;
        foreach (var (_, frame) in _bodies)
        {
            newest = Math.Max(newest, frame.Step);
        }

        return newest;
    }

    /// <summary>
    /// States of the venue's book, as ranges of its history, that the quoter's may be after what was read until then.
    /// The newest binding frame decides; what need not have been taken may have been, if it is newer. A body that was
    /// read last may be older, out of a cache, but not older than what was shown.
    /// </summary>
    /// <param name="nanos">The last moment.</param>
    /// <param name="mixed">Set when the newest frame is a part of its step's changes.</param>
    public List<(int Earliest, int Latest)> StatesAt(long nanos, out bool mixed)
    {
        var states = new List<(int, int)>();
        var binding = LastAt(nanos);
        var step = binding?.Step ?? -1;
        mixed = binding is { EndsStep: false };
        if (binding is not null)
        {
            states.Add((mixed ? BeforeOf(binding) : binding.Earliest, binding.Latest));
        }

        if (_bodies.Count != 0 && _bodies[^1].Nanos <= nanos && _bodies[^1].Frame.Latest >= Shown
            && _bodies[^1].Nanos > _frames.LastOrDefault(read => read.Frame.IsBinding && read.Nanos <= nanos).Nanos)
        {
            states.Add((_bodies[^1].Frame.Earliest, _bodies[^1].Frame.Latest));
        }

        AddNewer(_frames, nanos, step, states);
        AddNewer(_bodies, nanos, step, states);
        return states;
    }

    private static void AddNewer(
        List<(long Nanos, SentFrame Frame)> read, long nanos, long step, List<(int, int)> states)
    {
        for (var index = read.Count - 1; index >= 0; index--)
        {
            var (at, frame) = read[index];
            if (!frame.IsBody && frame.Step <= step)
            {
                return;
            }

            if (at <= nanos && !frame.IsBinding && frame.Step > step)
            {
                states.Add((frame.Earliest, frame.Latest));
            }
        }
    }

    private SentFrame? LastAt(long nanos)
    {
        for (var index = _frames.Count - 1; index >= 0; index--)
        {
            if (_frames[index].Nanos <= nanos && _frames[index].Frame.IsBinding)
            {
                return _frames[index].Frame;
            }
        }

        return null;
    }

    private int BeforeOf(SentFrame frame)
    {
        for (var index = _frames.Count - 1; index >= 0; index--)
        {
            if (_frames[index].Frame.Step < frame.Step)
            {
                return _frames[index].Frame.Earliest;
            }
        }

        return 0;
    }
}
