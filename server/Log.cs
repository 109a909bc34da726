using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Server.Access;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server;

/// <summary>
/// What the process logs of books (2xxx) and of itself (30xx); gRPC calls have numbers of their own. Numbers are never
/// used again for something else.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "{Venue} {Symbol}: {State} (was {Before})")]
    public static partial void BookState(
        ILogger logger, string venue, string symbol, BookState state, BookState before);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "{Venue} {Symbol}: {State} by {Fault}: expected {Expected}, received {Received}")]
    public static partial void BookBroken(
        ILogger logger, string venue, string symbol, BookState state, FaultCode fault, long expected, long received);

    [LoggerMessage(2003, LogLevel.Warning, "{Venue} {Symbol}: {State} by {Fault}")]
    public static partial void BookFaulted(
        ILogger logger, string venue, string symbol, BookState state, FaultCode fault);

    [LoggerMessage(2004, LogLevel.Warning, "{Count} notices of books were lost: the log is too slow")]
    public static partial void NoticesDropped(ILogger logger, long count);

    [LoggerMessage(3001, LogLevel.Information, "embedded exchange at {Address} serves {Venues}")]
    public static partial void EmbeddedExchange(ILogger logger, System.Uri address, string venues);

    [LoggerMessage(3002, LogLevel.Warning, "{Reason}")]
    public static partial void WaitDowngraded(ILogger logger, string reason);

    [LoggerMessage(
        3003,
        LogLevel.Warning,
        "{Venue} is the real venue, and this program is untested against it; {Terms}")]
    public static partial void LiveVenue(ILogger logger, string venue, string terms);

    [LoggerMessage(
        3030,
        LogLevel.Warning,
        "{Venue} {Symbol}: the venue's own book is another one at update id {UpdateId}: "
            + "best {Side} that differs: {Expected} expected, {Found} found")]
    public static partial void AuditDiffers(
        ILogger logger, string venue, string symbol, long updateId, string side, string expected, string found);

    [LoggerMessage(3005, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(3020, LogLevel.Information, "every event goes to the journal {File}")]
    public static partial void Journal(ILogger logger, string file);

    [LoggerMessage(3021, LogLevel.Information, "everything that {Venue} sends goes to the recording {File}")]
    public static partial void Recording(ILogger logger, string venue, string file);

    [LoggerMessage(
        3040, LogLevel.Information, "quotes go to shared memory {File}, epoch {Epoch}: {Slots} changes, {Bytes} bytes")]
    public static partial void SharedMemory(ILogger logger, string file, long epoch, long slots, long bytes);

    [LoggerMessage(3006, LogLevel.Critical, "thread failed, the process ends: {Failure}")]
    public static partial void Fatal(ILogger logger, string failure);

    [LoggerMessage(3007, LogLevel.Information, "runtime: {Subject}: {Asked}{InEffect}")]
    public static partial void RuntimeFact(ILogger logger, string subject, string asked, string inEffect);

    [LoggerMessage(3008, LogLevel.Warning, "runtime: {Subject}: {Asked}NOT in effect: {InEffect}")]
    public static partial void RuntimeRefusal(ILogger logger, string subject, string asked, string inEffect);

    [LoggerMessage(3040, LogLevel.Information, "{Instrument} is quoted from now on, by {Venues}")]
    public static partial void InstrumentAdded(ILogger logger, string instrument, string venues);

    [LoggerMessage(3041, LogLevel.Information, "{Instrument} is quoted no more")]
    public static partial void InstrumentRemoved(ILogger logger, string instrument);

    [LoggerMessage(3042, LogLevel.Information, "{Venue} is connected from now on, for {Instruments}")]
    public static partial void VenueAdded(ILogger logger, string venue, string instruments);

    [LoggerMessage(3043, LogLevel.Information, "{Venue} is connected no more")]
    public static partial void VenueRemoved(ILogger logger, string venue);

    [LoggerMessage(3044, LogLevel.Warning, "{Reason}; this book is left out")]
    public static partial void LeftOut(ILogger logger, string reason);

    [LoggerMessage(
        3045,
        LogLevel.Warning,
        "{Venue}: no list of instruments to check them with: {Reason}; they are taken for listed")]
    public static partial void Unchecked(ILogger logger, string venue, string reason);

    [LoggerMessage(3046, LogLevel.Information, "configuration read again: {Change}")]
    public static partial void Reloaded(ILogger logger, string change);

    [LoggerMessage(3047, LogLevel.Warning, "configuration read again, and left as it is: {Difference}")]
    public static partial void LeftAsIs(ILogger logger, string difference);

    [LoggerMessage(3048, LogLevel.Error, "configuration not read again, nothing has changed: {Reason}")]
    public static partial void ReloadRefused(ILogger logger, string reason);

    [LoggerMessage(3049, LogLevel.Information, "quoter.v1.AdminService at {Endpoint}")]
    public static partial void AdminServed(ILogger logger, string endpoint);

    [LoggerMessage(3050, LogLevel.Warning, "quoter.v1.AdminService: a call from {Peer} without the token")]
    public static partial void AdminRefused(ILogger logger, string peer);

    [LoggerMessage(3051, LogLevel.Warning, "a call of {Client} refused: {Reason}, {Count} times so far")]
    public static partial void CallRefused(ILogger logger, string client, ClientRefusal reason, long count);

    [LoggerMessage(3009, LogLevel.Information, "warmed up: {Report}")]
    public static partial void WarmedUp(ILogger logger, string report);
}
