using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Membership;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// One client's stream of events: ten times a second the latest quote, if it shows something new, and once a second the
/// status. It writes nothing while the client has not taken what was written before, so a slow one gets fewer quotes,
/// always the latest, and holds nobody else; one that takes nothing for half a minute is cut off. Threads: one.
/// </summary>
internal sealed class EventStream : IDisposable
{
    /// <summary>Time between two quotes at least.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private const long StatusEveryNanos = 1_000_000_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);

    private readonly PageParts _parts;
    private readonly InstrumentSeat _seat;
    private readonly HttpContext _context;
    private readonly QuoteReader _quote;
    private readonly QuoteView _view;
    private readonly EventBuffer _events = new();
    private readonly int _levels;
    private IReadOnlyList<InstrumentSeat> _told = [];
    private long _sent;
    private long _statusNanos;

    /// <summary>Makes the stream; nothing is sent yet.</summary>
    /// <param name="parts">What is shown.</param>
    /// <param name="seat">Which instrument.</param>
    /// <param name="levels">Rows a side at most.</param>
    /// <param name="context">The request; its <c>Last-Event-ID</c> tells what the client has already.</param>
    public EventStream(PageParts parts, InstrumentSeat seat, int levels, HttpContext context)
    {
        _parts = parts;
        _seat = seat;
        _context = context;
        _quote = new QuoteReader(parts.Quotes[seat.Place]);
        _levels = Math.Min(levels, _quote.Levels);
        _view = new QuoteView(_levels);
        _sent = LastSequence(context.Request.Headers["Last-Event-ID"].ToString(), parts.Epoch);
    }

    /// <summary>Sends until the client is gone, the instrument is removed, or the server stops.</summary>
    /// <param name="stopping">The server stops.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        var gone = _context.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        _events.Retry(RetryAfter);
        try
        {
            using var timer = new PeriodicTimer(Pace);
            do
            {
                AddDue();
                await SendAsync(ending.Token).ConfigureAwait(false);
            }
            while (!_seat.Retired.IsCompleted && await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false));
            await SayByeAsync("removed", ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            _events.Clear();
            await SayByeAsync("shutdown", gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _context.Abort();   // the client is gone, or takes nothing
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    /// <summary>The sequence behind the epoch in the client's last id; -1 when it is of another run, or none.</summary>
    private static long LastSequence(string id, string epoch) =>
        id.Length > epoch.Length
        && id.StartsWith(epoch, StringComparison.Ordinal)
        && id[epoch.Length] == '-'
        && long.TryParse(id.AsSpan(epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : -1;

    private void AddDue()
    {
        var seats = _parts.Instruments.Seats;
        if (seats != _told)
        {
            _told = seats;
            HelloEvent.Write(_events.Begin(HelloEvent.Name), _parts, _seat, _levels, _quote.Levels);
            _events.End();
        }

        AddQuote();
        var now = _parts.NowNanos();
        if (_statusNanos == 0 || now - _statusNanos >= StatusEveryNanos)
        {
            _statusNanos = now;
            StatusEvent.Write(_events.Begin(StatusEvent.Name), _parts, _seat);
            _events.End();
        }
    }

    private void AddQuote()
    {
        var isFirst = _view.PriceScale < 0;
        if (_parts.Quotes[_seat.Place].Cursor < _seat.QuotesBefore
            || (!isFirst && _parts.Quotes[_seat.Place].Cursor == _sent)
            || !_quote.TryReadLatest()
            || !(_view.Take(_quote) || isFirst))
        {
            return;
        }

        var sequence = _quote.Header.Sequence;
        var replaced = _sent < 0 ? 0 : Math.Max(sequence - _sent - 1, 0);
        var id = $"{_parts.Epoch}-{Text.Number(sequence)}";
        QuoteEvent.Write(_events.Begin(QuoteEvent.Name, id), _parts, _seat.Name, _quote, _view, replaced);
        _events.End();
        _sent = sequence;
    }

    private async Task SendAsync(CancellationToken ending)
    {
        if (_events.Written.IsEmpty)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(StallLimit);
        await _context.Response.BodyWriter.WriteAsync(_events.Written, limit.Token).ConfigureAwait(false);
        _events.Clear();
    }

    private async Task SayByeAsync(string reason, CancellationToken gone)
    {
        var json = _events.Begin("bye");
        json.WriteStartObject();
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
        _events.End();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        limit.CancelAfter(TimeSpan.FromMilliseconds(500));
        await _context.Response.BodyWriter.WriteAsync(_events.Written, limit.Token).ConfigureAwait(false);
    }
}
