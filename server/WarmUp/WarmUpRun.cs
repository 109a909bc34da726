using System;
using System.Collections.Generic;
using System.Runtime;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Tuning;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// Runs the whole path of a message (websocket, decoders, lanes, books, merge, quotes, encoding) on made-up venues
/// until the compiler has nothing more to do, so that the first real message meets optimized code. All of it is the
/// server's own code in the same types, on a pipeline that is thrown away afterwards.
/// </summary>
internal sealed class WarmUpRun
{
    private const int PacedFrames = 8;
    private const int PauseMillisMax = 5;
    private readonly QuoterOptions _options;
    private readonly WaitPlan _waits;
    private readonly CancellationToken _cancellation;

    private WarmUpRun(QuoterOptions options, WaitPlan waits, CancellationToken cancellation)
    {
        _options = options;
        _waits = waits;
        _cancellation = cancellation;
    }

    /// <summary>
    /// Warms up on a thread of its own, which has ended when the task has. Null when it is turned off.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<WarmUpReport?> RunAsync(
        QuoterOptions options, WaitPlan waits, CancellationToken cancellation)
    {
        if (options.WarmUpSeconds == 0)
        {
            return null;
        }

        var run = new WarmUpRun(options, waits, cancellation);
        var done = new TaskCompletionSource<WarmUpReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => run.Complete(done)) { Name = "warm-up", IsBackground = true };
        thread.Start();
        var report = await done.Task.ConfigureAwait(false);
        thread.Join();
        cancellation.ThrowIfCancellationRequested();
        return report;
    }

    private void Complete(TaskCompletionSource<WarmUpReport> done)
    {
        try
        {
            PinAsReader();
            done.SetResult(Run());
        }
#pragma warning disable CA1031 // not swallowed: it goes to who waits for the warm-up
        catch (Exception e)
#pragma warning restore CA1031
        {
            done.SetException(e);
        }
    }

    /// <summary>
    /// On the first reader's core, so that the compiler has the others. Refusals are told when the readers pin
    /// themselves.
    /// </summary>
    private void PinAsReader()
    {
        foreach (var venue in _options.Venues)
        {
            if (_options.Cores.Of(venue.Name) is >= 0 and var core)
            {
                CpuAffinity.TryPinCurrentThread(core, out _);
                return;
            }
        }
    }

    private WarmUpReport Run()
    {
        var started = Environment.TickCount64;
        var end = started + (long)(_options.WarmUpSeconds * 1_000);
        var compiledBefore = JitInfo.GetCompiledMethodCount();
        var compilingBefore = JitInfo.GetCompilationTime();
        SeldomMethods.Prepare();
        using var pipeline = new ThrowAwayPipeline(_options, _waits);
        var days = new List<SampleDay>();
        foreach (var venue in pipeline.Venues)
        {
            days.Add(venue.Day);
        }

        var peers = new List<LoopbackVenue>();
        var readers = new List<LoopbackReader>();
        try
        {
            foreach (var isSecure in Transports())
            {
                peers.Add(new LoopbackVenue(days, isSecure));
                readers.Add(new LoopbackReader(peers[^1], _waits.Receive, end, _cancellation));
            }

            var watch = new CompilationWatch(compiledBefore, started, CompilerFacts.IsTiered);
            var rounds = 0;
            var isSettled = false;
            while (!isSettled && HasTime(end))
            {
                var began = Environment.TickCount64;
                PlayAll(pipeline.Venues, readers);
                pipeline.EndRound();
                rounds++;
                var now = Environment.TickCount64;
                isSettled = watch.IsSettled(JitInfo.GetCompiledMethodCount(), now);
                if (watch.IsBusy)
                {
                    // The compiler has a thread of its own and needs a core for it: as long again, at least a moment.
                    _cancellation.WaitHandle.WaitOne((int)Math.Clamp(now - began, 1, PauseMillisMax));
                }
            }

            return new WarmUpReport(
                (Environment.TickCount64 - started) / 1e3,
                JitInfo.GetCompiledMethodCount() - compiledBefore,
                (JitInfo.GetCompilationTime() - compilingBefore).TotalSeconds,
                rounds,
                Frames(pipeline),
                pipeline.Updates,
                isSettled);
        }
        finally
        {
            readers.ForEach(static reader => reader.Dispose());
            peers.ForEach(static peer => peer.Dispose());
        }
    }

    private static void PlayAll(IReadOnlyList<SampleVenue> venues, List<LoopbackReader> readers)
    {
        for (var day = 0; day < venues.Count; day++)
        {
            Play(venues[day]);
            foreach (var reader in readers)
            {
                reader.Ask(day, 0);
                Play(venues[day], reader, day, int.MaxValue);
                Play(venues[day], reader, day, PacedFrames);
            }
        }
    }

    /// <summary>Plays a day from memory.</summary>
    private static void Play(SampleVenue venue)
    {
        venue.Open();
        foreach (var step in venue.Day.Steps)
        {
            if (step.IsRestSnapshot)
            {
                venue.TakeSnapshot(step.Bytes);
            }
            else
            {
                venue.TakeFrame(step.Bytes);
            }
        }

        venue.Close();
    }

    /// <summary>
    /// Plays the beginning of a day through a socket. Few frames are asked for one by one, so that every thread waits
    /// for each of them as it does in a quiet market.
    /// </summary>
    private static void Play(SampleVenue venue, LoopbackReader reader, int day, int frames)
    {
        venue.Open();
        var number = 0;
        foreach (var step in venue.Day.Steps)
        {
            if (step.IsRestSnapshot)
            {
                venue.TakeSnapshot(step.Bytes);
                continue;
            }

            if (number++ == frames)
            {
                break;
            }

            if (frames == PacedFrames)
            {
                reader.Ask(day, number);
            }

            if (!reader.TryRead(out var message))
            {
                break;
            }

            venue.TakeFrame(message);
        }

        venue.Close();
    }

    private bool HasTime(long end) => Environment.TickCount64 < end && !_cancellation.IsCancellationRequested;

    /// <summary>Plain, TLS or both, as the venues are reached; the embedded exchange is reached without TLS.</summary>
    private List<bool> Transports()
    {
        var secure = false;
        var plain = false;
        foreach (var venue in _options.Venues)
        {
            var isSecure = venue.Socket?.Scheme == "wss" || (venue.Socket is null && _options.Live);
            secure |= isSecure;
            plain |= !isSecure;
        }

        return [.. plain ? [false] : Array.Empty<bool>(), .. secure ? [true] : Array.Empty<bool>()];
    }

    private static long Frames(ThrowAwayPipeline pipeline)
    {
        var frames = 0L;
        foreach (var venue in pipeline.Venues)
        {
            frames += venue.Counters.Frames;
        }

        return frames;
    }
}
