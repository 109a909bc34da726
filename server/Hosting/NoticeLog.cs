using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Pipeline;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>Writes what the engine noticed to the log, from a thread that may take its time.</summary>
internal sealed class NoticeLog
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private readonly NoticeBoard _notices;
    private readonly BookTable _table;
    private readonly ILogger _log;
    private long _dropped;

    public NoticeLog(NoticeBoard notices, BookTable table, ILogger log)
    {
        _notices = notices;
        _table = table;
        _log = log;
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                WriteAll();
            }
        }
        catch (OperationCanceledException)
        {
            WriteAll();
        }
    }

    private void WriteAll()
    {
        while (_notices.TryTake(out var notice))
        {
            Write(in notice);
        }

        var dropped = _notices.Dropped;
        if (dropped != _dropped)
        {
            Log.NoticesDropped(_log, dropped - _dropped);
            _dropped = dropped;
        }
    }

    private void Write(in Notice notice)
    {
        var book = _table.Definitions[notice.Book];
        if (notice.Fault == Engine.Events.FaultCode.None)
        {
            Log.BookState(_log, book.Venue, book.Symbol, notice.State, notice.Before);
        }
        else if (notice.Expected != 0 || notice.Received != 0)
        {
            Log.BookBroken(
                _log, book.Venue, book.Symbol, notice.State, notice.Fault, notice.Expected, notice.Received);
        }
        else
        {
            Log.BookFaulted(_log, book.Venue, book.Symbol, notice.State, notice.Fault);
        }
    }
}
