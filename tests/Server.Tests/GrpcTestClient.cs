using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>A client that shows the protocol bare: HttpClient over clear-text HTTP/2, frames by hand.</summary>
internal sealed class GrpcTestClient : IDisposable
{
    public const string BookSummary = "/orderbook.OrderbookAggregator/BookSummary";
    public const string Check = "/grpc.health.v1.Health/Check";
    public const string Watch = "/grpc.health.v1.Health/Watch";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http;

    public GrpcTestClient(Uri address, Action<SocketsHttpHandler>? configure)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false };
        configure?.Invoke(handler);
        _http = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[MessagePrefix.Bytes + message.Length];
        MessagePrefix.Write(frame, flag == 1, (uint)message.Length);
        message.CopyTo(frame, MessagePrefix.Bytes);
        frame[0] = flag;
        return frame;
    }

    /// <summary>Sends a call whose request body is the given parts, each in a DATA frame of its own.</summary>
    public async Task<GrpcTestCall> SendAsync(string path, byte[][] parts, Action<HttpRequestMessage>? configure = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new PartsContent(parts),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        configure?.Invoke(request);
        var end = new CancellationTokenSource(Patience);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
        return new GrpcTestCall(response, await response.Content.ReadAsStreamAsync(end.Token), end);
    }

    public Task<GrpcTestCall> SendAsync(string path, IMessage message, string? timeout = null) =>
        SendAsync(path, [Frame(message.ToByteArray())], request => AddTimeout(request, timeout));

    public Task<GrpcTestCall> SubscribeAsync(string? timeout = null) =>
        SendAsync(BookSummary, new Orderbook.Empty(), timeout);

    public void Dispose() => _http.Dispose();

    private static void AddTimeout(HttpRequestMessage request, string? timeout)
    {
        if (timeout is not null)
        {
            request.Headers.Add("grpc-timeout", timeout);
        }
    }

    private sealed class PartsContent(byte[][] parts) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context)
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
