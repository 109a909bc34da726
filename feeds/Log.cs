using System;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds;

/// <summary>
/// Everything that venue connections log, numbered 1xxx. Numbers are never used again for something else.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "{Venue}: connected to {Address}, {Books} books")]
    public static partial void Connected(ILogger logger, string venue, Uri address, int books);

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "{Venue}: no connection to {Address}: {Fault}; next attempt in {DelayMillis} ms")]
    public static partial void ConnectFailed(ILogger logger, string venue, Uri address, string fault, int delayMillis);

    [LoggerMessage(
        1003,
        LogLevel.Warning,
        "{Venue}: connection lost after {Frames} frames: {Fault}; next attempt in {DelayMillis} ms")]
    public static partial void ConnectionLost(ILogger logger, string venue, long frames, string fault, int delayMillis);

    [LoggerMessage(1004, LogLevel.Error, "{Venue}: refused: {Text}")]
    public static partial void Refused(ILogger logger, string venue, string text);

    [LoggerMessage(1005, LogLevel.Warning, "{Venue}: cannot read a message ({Fault}): {Text}")]
    public static partial void DecodeFailed(ILogger logger, string venue, string fault, string text);

    [LoggerMessage(1006, LogLevel.Warning, "{Venue} {Symbol}: no snapshot: {Reason}; next attempt in {DelayMillis} ms")]
    public static partial void SnapshotFailed(
        ILogger logger, string venue, string symbol, string reason, int delayMillis);

    [LoggerMessage(
        1007,
        LogLevel.Warning,
        "{Venue}: no list of instruments from {Address}: {Reason}; scales come from the messages alone")]
    public static partial void InstrumentsFailed(ILogger logger, string venue, Uri address, string reason);

    [LoggerMessage(1008, LogLevel.Error, "{Venue}: does not list {Symbol}{Near}; this book will stay out of the quote")]
    public static partial void NotListed(ILogger logger, string venue, string symbol, string near);

    [LoggerMessage(
        1014,
        LogLevel.Error,
        "recording {File}: cannot be written any more after {Bytes} bytes: {Reason}; the quotes go on without it")]
    public static partial void RecordingFailed(ILogger logger, string file, long bytes, string reason);

    [LoggerMessage(
        1013,
        LogLevel.Warning,
        "{Venue} {Symbol}: no update for {Millis} ms, while the venue's book went on; subscribing anew")]
    public static partial void Silent(ILogger logger, string venue, string symbol, long millis);

    [LoggerMessage(
        1042,
        LogLevel.Warning,
        "{Venue} {Symbol}: no update for {Millis} ms, and no snapshot when asked; subscribing anew")]
    public static partial void Unanswered(ILogger logger, string venue, string symbol, long millis);

    [LoggerMessage(1009, LogLevel.Information, "{Venue}: asks to connect anew")]
    public static partial void ReconnectRequested(ILogger logger, string venue);

    [LoggerMessage(1010, LogLevel.Warning, "{Reader}: the reader runs unpinned: {Reason}")]
    public static partial void NotPinned(ILogger logger, string reader, string reason);

    [LoggerMessage(
        1011,
        LogLevel.Warning,
        "{Venue}: the engine lags and the ring is full; messages dropped so far: {Dropped}, their books resync")]
    public static partial void RingFull(ILogger logger, string venue, long dropped);

    [LoggerMessage(
        1012,
        LogLevel.Error,
        "journal {File}: cannot be written any more after {Bytes} bytes: {Reason}; the quotes go on without it")]
    public static partial void JournalFailed(ILogger logger, string file, long bytes, string reason);

    [LoggerMessage(1040, LogLevel.Information, "{Venue} {Symbol}: subscribed to, {Books} books now")]
    public static partial void BookTaken(ILogger logger, string venue, string symbol, int books);

    [LoggerMessage(1041, LogLevel.Information, "{Venue} {Symbol}: given up, {Books} books left")]
    public static partial void BookGivenUp(ILogger logger, string venue, string symbol, int books);

    [LoggerMessage(1030, LogLevel.Information, "{Venue}: compression was {Answer} by the venue")]
    public static partial void Compression(ILogger logger, string venue, string answer);

    [LoggerMessage(1015, LogLevel.Warning, "{Venue}: messages are missing before this one, connecting anew: {Text}")]
    public static partial void MessagesMissing(ILogger logger, string venue, string text);

    [LoggerMessage(
        1034, LogLevel.Warning, "{Venue}: pauses: {Words}; its books stay out of the quote until it is back")]
    public static partial void Paused(ILogger logger, string venue, string words);

    [LoggerMessage(1031, LogLevel.Information, "{Venue}: opening a second socket")]
    public static partial void SecondLink(ILogger logger, string venue);

    [LoggerMessage(1032, LogLevel.Information, "{Venue}: the second socket goes on with {Books} books")]
    public static partial void Replaced(ILogger logger, string venue, int books);

    [LoggerMessage(1033, LogLevel.Information, "{Venue}: socket closed after {Frames} frames, the other one goes on")]
    public static partial void Retired(ILogger logger, string venue, long frames);
}
