using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// A gRPC client of BookSummary over clear-text HTTP/2, as .NET's own: HttpClient, a thread that reads the stream. It
/// notes when it had each message of the venues, by itself or in a newer quote. Threads: its own reads; windows are set
/// by another.
/// </summary>
internal sealed class WireClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly Thread _thread;
    private readonly long[] _last;
    private readonly long[] _numbers;
    private readonly FrameStamps _frames;
    private WireWindow? _window;
    private long _frame;

    /// <summary>Subscribes.</summary>
    /// <param name="address">The server.</param>
    /// <param name="venues">Count of venues.</param>
    /// <param name="frames">What the server notes of the stream's messages.</param>
    public WireClient(Uri address, int venues, FrameStamps frames)
    {
        _frames = frames;
        _last = new long[venues];
        _numbers = new long[venues];
        for (var venue = 0; venue < venues; venue++)
        {
            _last[venue] = venue - venues;   // the number before the venue's first
        }

        _last.CopyTo(_numbers, 0);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, $"/{BookSummaryMethod.Service}/{BookSummaryMethod.Name}")
        {
            Content = new ByteArrayContent(new byte[MessagePrefix.Bytes]),   // an empty message
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        _response = _http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token).GetAwaiter().GetResult();
        _stream = _response.EnsureSuccessStatusCode().Content.ReadAsStream(_stop.Token);
        _thread = new Thread(Run) { Name = "grpc-client", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What ended it early, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Any thread: measures from here on.</summary>
    public void Begin(WireWindow window) => Volatile.Write(ref _window, window);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _response.Dispose();
        _http.Dispose();
        _thread.Join(2_000);
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            Read();
        }
#pragma warning disable CA1031 // not swallowed: who waits for messages throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_stop.IsCancellationRequested)
            {
                Failure = e;
            }
        }
    }

    private void Read()
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (!_stop.IsCancellationRequested)
        {
            var read = _stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                throw new IOException("the server ended the stream");
            }

            var now = MonotonicClock.Nanos();
            length += read;
            var taken = TakeMessages(buffer.AsSpan(0, length), now);
            buffer.AsSpan(taken, length - taken).CopyTo(buffer);
            length -= taken;
        }
    }

    private int TakeMessages(ReadOnlySpan<byte> bytes, long now)
    {
        var at = 0;
        while (MessagePrefix.TryRead(bytes[at..], out _, out var size)
            && bytes.Length - at >= MessagePrefix.Bytes + size)
        {
            var message = bytes.Slice(at + MessagePrefix.Bytes, (int)size);
            if (!SummaryNumbers.TryRead(message, _numbers))
            {
                throw new IOException("the server sent a Summary that cannot be read");
            }

            at += MessagePrefix.Bytes + (int)size;
            Note(now);
            _frame++;
        }

        return at;
    }

    private void Note(long now)
    {
        var window = Volatile.Read(ref _window);
        var venues = _last.Length;
        var (seen, news) = (0L, 0L);
        var (turn, encoded) = _frames.Of(_frame);
        for (var venue = 0; venue < venues; venue++)
        {
            // a venue's messages are every so manieth; those up to the one shown are here now
            while (_last[venue] < _numbers[venue])
            {
                _last[venue] += venues;
                if (window is not null && (ulong)(_last[venue] - window.FirstNumber) < (ulong)window.Count)
                {
                    var number = _last[venue] - window.FirstNumber;
                    window.Stamps.Fetched[number] = turn;
                    window.Stamps.Encoded[number] = encoded;
                    window.Stamps.Seen[number] = now;
                    seen++;
                    news += _last[venue] >= _numbers[venue] ? 1 : 0;
                }
            }
        }

        if (window is not null && seen != 0)
        {
            // one quote is one message's; what else became known with it was conflated
            window.Conflated += seen - Math.Min(news, 1);
            window.Seen += seen;
        }
    }
}
