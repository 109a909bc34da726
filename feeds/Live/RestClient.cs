using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// REST of one venue: snapshots by asynchronous requests whose answers the reader thread collects, the list of
/// instruments by a blocking one on the thread that connects. Threads: those; answers arrive from pool threads.
/// </summary>
internal sealed class RestClient : IRestClient
{
    private const int MaxBodyBytes = 64 << 20;
    private readonly HttpClient _http;
    private readonly ConcurrentQueue<SnapshotAnswer> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private int _asking;

    public RestClient(Uri address, TimeSpan limit, X509Certificate2Collection? trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = limit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),   // names are resolved anew now and then
            SslOptions = Ssl(trustedRoots),
        };
        _http = new HttpClient(new BrokenConnectHandler(handler))
        {
            BaseAddress = address,
            Timeout = limit,
            MaxResponseContentBufferSize = MaxBodyBytes,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("LowLatencyQuoter");
    }

    /// <inheritdoc/>
    public bool HasAnswers => !_answers.IsEmpty;

    /// <inheritdoc/>
    public bool IsAsking => Volatile.Read(ref _asking) != 0 || HasAnswers;

    /// <inheritdoc/>
    public bool TryPeek(out SnapshotAnswer? answer) => _answers.TryPeek(out answer);

    /// <inheritdoc/>
    public bool TryTake(out SnapshotAnswer? answer) => _answers.TryDequeue(out answer);

    /// <inheritdoc/>
    public Uri AddressOf(string path) => new(_http.BaseAddress!.ToString().TrimEnd('/') + path);

    /// <inheritdoc/>
    public void Ask(string path, int book, long connection, long wanted)
    {
        Interlocked.Increment(ref _asking);
        _ = AskAsync(path, book, connection, wanted);   // never faults: every failure becomes an answer
    }

    /// <inheritdoc/>
    public byte[] Get(string path) => Send(HttpMethod.Get, path);

    /// <inheritdoc/>
    public byte[] Post(string path) => Send(HttpMethod.Post, path);

    /// <inheritdoc/>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _stop.Dispose();
    }

    private byte[] Send(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, AddressOf(path));
        using var response = _http.Send(request, HttpCompletionOption.ResponseContentRead, _stop.Token);
        response.EnsureSuccessStatusCode();
        return response.Content.ReadAsByteArrayAsync(_stop.Token).GetAwaiter().GetResult();   // buffered already
    }

    private static SslClientAuthenticationOptions Ssl(X509Certificate2Collection? trustedRoots)
    {
        var options = new SslClientAuthenticationOptions();
        if (trustedRoots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(trustedRoots);
        }

        return options;
    }

    private async Task AskAsync(string path, int book, long connection, long wanted)
    {
        try
        {
            using var response = await _http.GetAsync(AddressOf(path), _stop.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                var body = await response.Content.ReadAsByteArrayAsync(_stop.Token).ConfigureAwait(false);
                _answers.Enqueue(new SnapshotAnswer(book, connection, wanted, body, null, 0));
                return;
            }

            var failure = $"{(int)response.StatusCode} {response.ReasonPhrase}";
            _answers.Enqueue(new SnapshotAnswer(book, connection, wanted, null, failure, PauseMillis(response)));
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException)
        {
            _answers.Enqueue(new SnapshotAnswer(book, connection, wanted, null, e.Message, 0));
        }
        catch (OperationCanceledException)
        {
            _answers.Enqueue(new SnapshotAnswer(
                book, connection, wanted, null, $"no answer within {_http.Timeout.TotalSeconds} s", 0));
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended; nobody waits for the answer.
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    /// <summary>429 and 418 are a venue's way to say stop: what Retry-After says, else a minute.</summary>
    private static int PauseMillis(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode != 418)
        {
            return 0;
        }

        var asked = response.Headers.RetryAfter;
        var pause = asked?.Delta ?? asked?.Date - DateTimeOffset.UtcNow ?? TimeSpan.FromMinutes(1);
        return (int)Math.Clamp(pause.TotalMilliseconds, 1_000, int.MaxValue);
    }
}
