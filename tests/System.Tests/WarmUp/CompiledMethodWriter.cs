using System;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.IO;

namespace LowLatencyQuoter.System.Tests.WarmUp;

/// <summary>
/// Listens to the runtime and writes a line for each compiled method of ours: time, tier, type and method by tabs.
/// </summary>
internal sealed class CompiledMethodWriter : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const int TierShift = 7;
    private const int TierMask = 7;
    private static readonly string[] Tiers =
        ["unknown", "minimal", "optimized", "quick", "tier1", "tier1-osr", "instrumented", "instrumented-optimized"];
    private static CompiledMethodWriter? _writer;
    private static StreamWriter? _lines;

    /// <summary>Starts it; it lives as long as the process.</summary>
    public static void Start(string file)
    {
        _lines = new StreamWriter(file) { AutoFlush = true };
        _writer = new CompiledMethodWriter();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true)
        {
            return;
        }

        var type = (string)Payload(eventData, "MethodNamespace");
        if (type.StartsWith("LowLatencyQuoter.", StringComparison.Ordinal))
        {
            var flags = Convert.ToInt64(Payload(eventData, "MethodFlags"), CultureInfo.InvariantCulture);
            lock (_lines!)
            {
                _lines.WriteLine(
                    $"{eventData.TimeStamp:O}\t{Tiers[(flags >> TierShift) & TierMask]}\t{type}\t"
                    + Payload(eventData, "MethodName"));
            }
        }
    }

    private static object Payload(EventWrittenEventArgs eventData, string name) =>
        eventData.Payload![eventData.PayloadNames!.IndexOf(name)]!;
}
