using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Orderbook;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>
/// One running <c>BookSummary</c> call. Disposing it cancels the call. One reader, one thread at a time.
/// </summary>
internal sealed class QuoteSubscription : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SummaryReader _summaries;

    private QuoteSubscription(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _summaries = new SummaryReader(body);
    }

    /// <summary>Takes over a response whose headers promise messages.</summary>
    public static async Task<QuoteSubscription> OpenAsync(
        HttpResponseMessage response, CancellationToken cancellation) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));

    /// <summary>The quotes as they arrive, until the server ends the stream with OK.</summary>
    /// <exception cref="QuoteStreamException">The stream ended in any other way.</exception>
    public async IAsyncEnumerable<Summary> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await NextAsync(cancellation).ConfigureAwait(false) is { } quote)
        {
            yield return quote;
        }
    }

    /// <summary>Cancels the call if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _summaries.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }

    private async ValueTask<Summary?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            if (await _summaries.NextAsync(cancellation).ConfigureAwait(false) is { } quote)
            {
                return quote;
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw TransportFailure.WhileReading(failure);
        }

        return CallStatus.OfTrailers(_response) is { } status ? throw status : null;
    }
}
