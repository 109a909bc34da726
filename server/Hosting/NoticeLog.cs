using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
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
    private const long NanosApart = 1_000_000_000;
    private long _dropped;
    private long _nextDifferenceNanos;

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
        if (notice is { Fault: FaultCode.AuditDiffers, State: BookState.Live })
        {
            WriteDifference(in notice, book);
        }
        else if (notice.Fault == FaultCode.None)
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

    /// <summary>At most one line a second: a venue that is wrong as a whole is wrong in every book.</summary>
    private void WriteDifference(in Notice notice, BookDefinition book)
    {
        if (notice.Nanos < _nextDifferenceNanos)
        {
            return;   // counted in the metrics
        }

        _nextDifferenceNanos = notice.Nanos + NanosApart;
        ref readonly var difference = ref notice.Difference;
        Log.AuditDiffers(
            _log,
            book.Venue,
            book.Symbol,
            notice.Received,
            difference.Side == Side.Bid ? "bid" : "ask",
            Text(difference.Expected, difference.ExpectedPriceScale, difference.ExpectedQuantityScale),
            Text(difference.Found, difference.FoundPriceScale, difference.FoundQuantityScale));
    }

    private static string Text(Level level, int priceScale, int quantityScale) => level.Price == 0
        ? "nothing"
        : $"{ScaledText.Format(level.Price, priceScale)} x {ScaledText.Format(level.Quantity, quantityScale)}";
}
