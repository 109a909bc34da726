using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>
/// gRPC calls to one server, over HTTP/2 in clear text. Connects when a call needs it; pings a silent connection, so
/// that a server that vanished without a word is noticed. Safe for concurrent calls.
/// </summary>
internal sealed class QuoteChannel : IDisposable
{
    private const string BookSummary = "/orderbook.OrderbookAggregator/BookSummary";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingAfterSilence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);
    private static readonly ProductInfoHeaderValue UserAgent = new(
        "lowlatencyquoter-client", typeof(QuoteChannel).Assembly.GetName().Version?.ToString(3));

    private readonly ServerAddress _server;
    private readonly string? _symbol;
    private readonly HttpClient _http;

    /// <summary>Makes a channel; nothing is sent yet.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="symbol">
    /// The instrument to ask for, sent as request metadata, since the contract's request has no field for it; null: the
    /// server's default.
    /// </param>
    public QuoteChannel(ServerAddress server, string? symbol = null)
    {
        _server = server;
        _symbol = symbol;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,   // a web proxy does not carry HTTP/2 in clear text
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = PingAfterSilence,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Starts a <c>BookSummary</c> call and waits for the headers of the response.</summary>
    /// <param name="deadline">What the server is told about how long the call may take; null: for ever.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="QuoteStreamException">The server cannot be reached, or refused.</exception>
    public async Task<QuoteSubscription> SubscribeAsync(TimeSpan? deadline, CancellationToken cancellation)
    {
        var response = await SendAsync(deadline, cancellation).ConfigureAwait(false);
        if (CallStatus.OfHeaders(response) is { } failure)
        {
            response.Dispose();
            throw failure;
        }

        return await QuoteSubscription.OpenAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the connection and with it the calls that still run.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(TimeSpan? deadline, CancellationToken cancellation)
    {
        using var request = Request(deadline);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw TransportFailure.BeforeHeaders(failure);
        }
        catch (OperationCanceledException timedOut) when (!cancellation.IsCancellationRequested)
        {
            throw TransportFailure.ConnectTimedOut(timedOut);
        }
    }

    private HttpRequestMessage Request(TimeSpan? deadline)
    {
        // The request is orderbook.Empty: no bytes behind the prefix.
        var message = new byte[MessagePrefix.Bytes];
        MessagePrefix.Write(message, compressed: false, length: 0);
        var request = new HttpRequestMessage(HttpMethod.Post, _server.Method(BookSummary))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(message),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Add("grpc-accept-encoding", "identity");
        if (_symbol is not null)
        {
            request.Headers.Add("symbol", _symbol);
        }

        if (deadline is { } time)
        {
            request.Headers.Add("grpc-timeout", GrpcTimeout.Format(time));
        }

        return request;
    }
}
