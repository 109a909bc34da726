using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What happened on a simulated day, line by line with its time; also takes the product's own log.</summary>
internal sealed class DayLog : ILogger
{
    private readonly List<string> _lines = [];

    /// <summary>Says what time it is.</summary>
    public VirtualTime? Time { get; set; }

    /// <summary>The last lines.</summary>
    public IEnumerable<string> Tail(int count)
    {
        var shown = Math.Min(count, _lines.Count);
        return _lines.GetRange(_lines.Count - shown, shown);
    }

    public void Add(string text) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(Time?.Nanos ?? 0) / 1e9,12:F6} {text}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Add("  log: " + formatter(state, exception));
}
