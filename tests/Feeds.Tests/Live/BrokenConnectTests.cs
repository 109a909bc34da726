using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Live;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>What a client of REST hears when its connection is reset before the request.</summary>
public sealed class BrokenConnectTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void SocketErrorBeforeTheRequestIsARequestWithoutAnswer(bool blocks)
    {
        using var client = new HttpClient(new BrokenConnectHandler(new ResetPeer()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:1/");

        Assert.That(
            () => blocks
                ? client.Send(request)
                : client.SendAsync(request).GetAwaiter().GetResult(),
            Throws.InstanceOf<HttpRequestException>()
                .With.Message.Contains("before the request").And.InnerException.InstanceOf<SocketException>());
    }

    private sealed class ResetPeer : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(new SocketException((int)SocketError.NotConnected));
    }
}
