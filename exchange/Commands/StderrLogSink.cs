using System;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange.Commands;

/// <summary>Writes warnings and worse to stderr, one line each: stdout belongs to the ready line.</summary>
internal sealed class StderrLogSink : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var cause = exception is null ? string.Empty : $": {exception.Message.ReplaceLineEndings(" ")}";
            Console.Error.WriteLine($"exchange: {formatter(state, exception)}{cause}");
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
