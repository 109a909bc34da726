using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Metrics;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.WarmUp;
using LowLatencyQuoter.Wire.Transport;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>
/// Applies what the configuration asks of runtime and machine, reads everything back, and tells: in the log at start
/// and in <c>/metrics</c>. Threads: applied by the one that starts the process; scraped by any.
/// </summary>
internal sealed class RuntimeTuning : IMetricSource
{
    private readonly QuoterOptions _options;
    private readonly WaitPlan _waits;
    private readonly ILogger _log;
    private RuntimeFact? _memory;
    private IReadOnlyList<RuntimeFact> _facts = [];

    public RuntimeTuning(QuoterOptions options, WaitPlan waits, ILogger log)
    {
        _options = options;
        _waits = waits;
        _log = log;
    }

    /// <summary>
    /// Call when the memory of rings and books is taken, before the threads start: their stacks count too.
    /// </summary>
    public void LockMemory() => _memory = MemoryLock.Apply(_options.LockMemory);

    /// <summary>
    /// Call when everything runs, last of all: sets the collector's mode, reads all back and logs it.
    /// </summary>
    public void Complete(WarmUpReport? warmUp)
    {
        GcTuning.Apply(_options.GcLatency);
        List<RuntimeFact> facts =
        [
            WarmUp(warmUp),
            CompilerFacts.Read(),
            GcTuning.Collector(),
            _memory ?? MemoryLock.Apply(false),
            Wait("engine wait", _options.EngineWait, _waits.Engine),
            Wait("publisher wait", _options.PublisherWait, _waits.Publisher),
            Receive(),
            .. ThreadFacts.Read(_options.Cores),
        ];
        Volatile.Write(ref _facts, facts);
        foreach (var fact in facts)
        {
            Tell(fact);
        }

        Tell(GcTuning.Latency(_options.GcLatency));
    }

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(
            MetricKind.Gauge,
            "quoter_runtime_in_effect",
            "1 where what was asked of runtime and machine is in effect, 0 where it is not; the labels say what.");
        foreach (var fact in Volatile.Read(ref _facts))
        {
            Write(text, fact);
        }

        Write(text, GcTuning.Latency(_options.GcLatency));   // the only one that changes by itself
    }

    private static void Write(MetricText text, RuntimeFact fact) => text.Sample(
        fact.Holds ? 1L : 0L, ("subject", fact.Subject), ("asked", fact.Asked), ("effect", fact.InEffect));

    private void Tell(RuntimeFact fact)
    {
        var asked = fact.Asked.Length == 0 ? "" : $"asked {fact.Asked}; ";
        if (fact.Holds)
        {
            Log.RuntimeFact(_log, fact.Subject, asked, fact.InEffect);
        }
        else
        {
            Log.RuntimeRefusal(_log, fact.Subject, asked, fact.InEffect);
        }
    }

    private RuntimeFact WarmUp(WarmUpReport? report) => report is null
        ? new RuntimeFact("warm-up", "off", "none: the first seconds are slow")
        : new RuntimeFact(
            "warm-up",
            string.Create(CultureInfo.InvariantCulture, $"at most {_options.WarmUpSeconds} s"),
            report.ToString(),
            report.IsSettled);

    private static RuntimeFact Wait(string subject, WaitStrategyKind asked, WaitStrategyKind inEffect) => new(
        subject, SettingText.Spelled(asked), SettingText.Spelled(inEffect), asked == inEffect);

    private RuntimeFact Receive()
    {
        var inEffect = _waits.Receive == ReceiveMode.Polling ? ReceiveKind.Polling : ReceiveKind.Blocking;
        return new RuntimeFact(
            "receive",
            SettingText.Spelled(_options.Receive),
            SettingText.Spelled(inEffect),
            _options.Receive == inEffect);
    }
}
