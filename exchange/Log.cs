using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange;

/// <summary>Every line the exchange can log, by number.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "listening on {Address}, venues {Venues}")]
    public static partial void Listening(ILogger logger, string address, string venues);

    [LoggerMessage(2, LogLevel.Information, "stopping, {Sessions} sessions open")]
    public static partial void Stopping(ILogger logger, int sessions);

    [LoggerMessage(3, LogLevel.Critical, "the simulated market stopped: {Reason}")]
    public static partial void MarketStopped(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Debug, "{Venue} session {Session} opened")]
    public static partial void SessionOpened(ILogger logger, string venue, long session);

    [LoggerMessage(11, LogLevel.Debug, "{Venue} session {Session} ended after {Frames} frames")]
    public static partial void SessionEnded(ILogger logger, string venue, long session, long frames);

    [LoggerMessage(12, LogLevel.Warning, "{Venue} session {Session} reads too slowly, cut with {Frames} waiting")]
    public static partial void SlowSessionCut(ILogger logger, string venue, long session, int frames);

    [LoggerMessage(13, LogLevel.Debug, "{Venue} session {Session} lost its connection: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string venue, long session, string reason);

    [LoggerMessage(20, LogLevel.Information, "{Venue} playback started: {Frames} frames")]
    public static partial void PlaybackStarted(ILogger logger, string venue, int frames);
}
