using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Commands;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Watching;

/// <summary>
/// Carries quotes from a channel to a display until enough were shown, the time is over, or the stream ends.
/// </summary>
internal sealed class QuoteWatch
{
    private readonly QuoteChannel _channel;
    private readonly IQuoteDisplay _display;
    private readonly WatchOptions _options;
    private readonly ReconnectDelay _delay;
    private long _shown;

    /// <summary>Makes one; <see cref="RunAsync"/> starts it.</summary>
    public QuoteWatch(QuoteChannel channel, IQuoteDisplay display, WatchOptions options, ReconnectDelay delay)
    {
        _channel = channel;
        _display = display;
        _options = options;
        _delay = delay;
    }

    /// <summary>Runs once.</summary>
    /// <param name="quit">The user's wish to end.</param>
    /// <exception cref="QuoteStreamException">The work failed.</exception>
    /// <exception cref="OperationCanceledException">The user wished to end.</exception>
    public async Task RunAsync(CancellationToken quit)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(quit);
        if (_options.Timeout is { } limit)
        {
            ending.CancelAfter(limit);
        }

        try
        {
            await KeepStreamingAsync(Stopwatch.GetTimestamp(), ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!quit.IsCancellationRequested)
        {
            var time = _options.Timeout.GetValueOrDefault().TotalSeconds;
            throw new QuoteStreamException(
                StatusCode.DeadlineExceeded, $"{Progress()} within {NumberText.Exact(time)} s");
        }
    }

    private async Task KeepStreamingAsync(long started, CancellationToken ending)
    {
        while (true)
        {
            try
            {
                await StreamAsync(_options.Timeout - Stopwatch.GetElapsedTime(started), ending).ConfigureAwait(false);
                return;
            }
            catch (QuoteStreamException failure) when (_options.Reconnect && failure.IsTransient)
            {
                var delay = _delay.Next();
                _display.Lost(failure, delay);
                await Task.Delay(delay, ending).ConfigureAwait(false);
            }
        }
    }

    private async Task StreamAsync(TimeSpan? deadline, CancellationToken ending)
    {
        _display.Connecting();
        var subscription = await _channel.SubscribeAsync(deadline, ending).ConfigureAwait(false);
        await using (subscription.ConfigureAwait(false))
        {
            await foreach (var quote in subscription.ReadAllAsync(ending).ConfigureAwait(false))
            {
                _delay.Reset();
                _display.Show(quote);
                if (++_shown == _options.Count)
                {
                    return;
                }
            }
        }

        // A server that ends an endless stream with OK has nothing more to say; that is a failure only where more was
        // asked for, and a reason to try again where the user wants the quotes to go on.
        if (_options.Count is not null || _options.Reconnect)
        {
            throw new QuoteStreamException(
                StatusCode.Ok, $"the server ended the stream after {Progress()}", isTransient: true);
        }
    }

    private string Progress() => _options.Count is { } count
        ? $"{NumberText.Count(_shown)} of {NumberText.Count(count)} quotes"
        : $"{NumberText.Count(_shown)} quotes";
}
