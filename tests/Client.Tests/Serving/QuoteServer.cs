using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Quotes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>A server on 127.0.0.1 whose answer to every request, byte by byte, is written by the test.</summary>
internal sealed class QuoteServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private QuoteServer(WebApplication application, int port)
    {
        _application = application;
        Address = new ServerAddress("127.0.0.1", port);
    }

    /// <summary>Where it listens.</summary>
    public ServerAddress Address { get; }

    /// <summary>Starts on a free port, or on the given one.</summary>
    public static async Task<QuoteServer> StartAsync(
        Func<HttpContext, Task> answer, HttpProtocols protocols = HttpProtocols.Http2, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols));
        var application = builder.Build();
        application.Run(context => answer(context));
        await application.StartAsync();
        return new QuoteServer(application, new Uri(application.Urls.Single()).Port);
    }

    /// <summary>Ends the connections and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
