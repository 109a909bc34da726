using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A connection that its peer resets between its opening and its first request fails with a bare socket error, and not
/// with what <see cref="HttpClient"/> documents: it asks such a socket for its peer's address. Here it is one more
/// request without an answer. Threads: any.
/// </summary>
/// <param name="inner">What sends.</param>
internal sealed class BrokenConnectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return base.Send(request, cancellationToken);
        }
        catch (SocketException broken)
        {
            throw Wrapped(broken);
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException broken)
        {
            throw Wrapped(broken);
        }
    }

    private static HttpRequestException Wrapped(SocketException broken) =>
        new(HttpRequestError.ConnectionError, $"the connection ended before the request: {broken.Message}", broken);
}
