using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Quotes;

/// <summary>Calls over real HTTP/2 sockets.</summary>
[Category(Categories.Loopback)]
public sealed class QuoteChannelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task TheRequestIsWhatGrpcServersExpect()
    {
        string? seen = null;
        byte[]? body = null;
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            var request = context.Request;
            seen = $"{request.Method} {request.Path} {request.Protocol} {request.ContentType} te={request.Headers.TE} "
                + $"timeout={request.Headers["grpc-timeout"]}";
            using var copy = new MemoryStream();
            await request.Body.CopyToAsync(copy);
            body = copy.ToArray();
            await context.SendAsync(Array.Empty<byte>());
            context.End("0");
        });

        await ReadAllAsync(server.Address, deadline: TimeSpan.FromSeconds(30));

        Assert.That(seen, Is.EqualTo(
            "POST /orderbook.OrderbookAggregator/BookSummary HTTP/2 application/grpc te=trailers timeout=30000000u"));
        Assert.That(body, Is.EqualTo(new byte[5]));
    }

    [Test]
    public async Task QuotesSplitAnywhereAndJoinedInOneFrameAllArrive()
    {
        Summary[] sent = [SampleQuotes.ThreeLevels(), SampleQuotes.Crossed(), SampleQuotes.Moving(1)];
        var bytes = Messages.Of(sent);
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(bytes.AsMemory(0, 3));
            await context.SendAsync(bytes.AsMemory(3, 40));
            await context.SendAsync(bytes.AsMemory(43));
            context.End("0");
        });

        Assert.That(await ReadAllAsync(server.Address), Is.EqualTo(sent));
    }

    [Test]
    public async Task ATrailersOnlyErrorGivesItsStatusAndDecodedMessage()
    {
        await using var server = await QuoteServer.StartAsync(
            context => context.RefuseAsync("14", "no live book yet: 100%25 down %C3%A9"));

        var failure = await FailsAsync(server.Address);

        Assert.That(failure.Status, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(failure.Message, Is.EqualTo("no live book yet: 100% down é"));
        Assert.That(failure.IsTransient, Is.True);
    }

    [Test]
    public async Task AnErrorInTheTrailersComesAfterTheQuotesBeforeIt()
    {
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("3", "levels must be positive");
        });
        var quotes = new List<Summary>();

        var failure = await FailsAsync(server.Address, quotes);

        Assert.That(quotes, Is.EqualTo(new[] { SampleQuotes.ThreeLevels() }));
        Assert.That(failure.Status, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.Message, Is.EqualTo("levels must be positive"));
        Assert.That(failure.IsTransient, Is.False);
    }

    [Test]
    public async Task AMessageOfTheServerCannotControlTheTerminal()
    {
        await using var server = await QuoteServer.StartAsync(context => context.RefuseAsync("13", "bad%1B[2J%0Aline"));

        Assert.That((await FailsAsync(server.Address)).Message, Is.EqualTo("bad\uFFFD[2J\uFFFDline"));
    }

    [TestCase(0x7, StatusCode.Unavailable)]
    [TestCase(0x8, StatusCode.Cancelled)]
    [TestCase(0xb, StatusCode.ResourceExhausted)]
    [TestCase(0x2, StatusCode.Internal)]
    public async Task AResetAfterQuotesIsATransientFailureByItsErrorCode(int errorCode, StatusCode expected)
    {
        var arrived = new SemaphoreSlim(0);
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            await arrived.WaitAsync(Patience);
            context.Reset(errorCode);
        });

        var failure = await FailsAsync(server.Address, onQuote: () => arrived.Release());

        Assert.That(failure.Status, Is.EqualTo(expected));
        Assert.That(failure.IsTransient, Is.True);
    }

    [Test]
    public async Task ALostConnectionIsUnavailableAndTransient()
    {
        var arrived = new SemaphoreSlim(0);
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            await arrived.WaitAsync(Patience);
            context.DropConnection();
        });

        var failure = await FailsAsync(server.Address, onQuote: () => arrived.Release());

        Assert.That(failure.IsTransient, Is.True);
        Assert.That(failure.IsUnreachable, Is.False);
    }

    [Test]
    public async Task AStreamWithoutAStatusIsUnknown()
    {
        await using var server = await QuoteServer.StartAsync(
            context => context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels())));

        Assert.That((await FailsAsync(server.Address)).Status, Is.EqualTo(StatusCode.Unknown));
    }

    [Test]
    public async Task AStatusThatGrpcDoesNotKnowIsUnknown()
    {
        await using var server = await QuoteServer.StartAsync(context => context.RefuseAsync("99", "x"));

        Assert.That((await FailsAsync(server.Address)).Message, Is.EqualTo("grpc-status 99 is not gRPC's"));
    }

    [TestCase(404, StatusCode.Unimplemented, false)]
    [TestCase(401, StatusCode.Unauthenticated, false)]
    [TestCase(503, StatusCode.Unavailable, true)]
    public async Task AnHttpErrorIsMappedToItsStatus(int http, StatusCode expected, bool transient)
    {
        await using var server = await QuoteServer.StartAsync(context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        });

        var failure = await FailsAsync(server.Address);

        Assert.That(failure.Status, Is.EqualTo(expected));
        Assert.That(failure.IsTransient, Is.EqualTo(transient));
    }

    [Test]
    public async Task AWebPageIsNotTakenForQuotes()
    {
        await using var server = await QuoteServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<p>hello");
        });

        Assert.That(
            (await FailsAsync(server.Address)).Message, Is.EqualTo("the answer is text/html, not application/grpc"));
    }

    [Test]
    public async Task AnHttp1PortIsToldApart()
    {
        await using var server = await QuoteServer.StartAsync(
            static context => context.WaitAsync(), HttpProtocols.Http1);

        Assert.That((await FailsAsync(server.Address)).Message, Is.EqualTo("the port does not speak HTTP/2"));
    }

    [Test]
    public async Task APortThatClosesEveryConnectionIsATransientFailure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closing = CloseEachAsync(listener);

        var failure = await FailsAsync(new ServerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port));

        Assert.That(failure.IsTransient, Is.True, failure.ToString());
        Assert.That(failure.Message, Is.EqualTo("the connection failed before an answer"), failure.ToString());
        listener.Stop();
        await closing.WaitAsync(Patience);
    }

    [Test]
    public async Task AClosedPortIsUnreachable()
    {
        var failure = await FailsAsync(new ServerAddress("127.0.0.1", FreePort.Take()));

        Assert.That(failure.IsUnreachable, Is.True);
        Assert.That(failure.Message, Is.EqualTo("connection refused"));
    }

    [Test]
    public async Task DisposingASubscriptionCancelsTheCallOnTheServer()
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            await context.WaitAsync();
            canceled.SetResult();
        });
        using var channel = new QuoteChannel(server.Address);

        await using (var subscription = await channel.SubscribeAsync(null, CancellationToken.None).WaitAsync(Patience))
        {
            await foreach (var _ in subscription.ReadAllAsync(CancellationToken.None))
            {
                break;
            }
        }

        Assert.That(() => canceled.Task.WaitAsync(Patience), Throws.Nothing);
    }

    private static async Task<QuoteStreamException> FailsAsync(
        ServerAddress address, List<Summary>? quotes = null, Action? onQuote = null) =>
        (await Assert.ThrowsAsync<QuoteStreamException>(() => ReadAllAsync(address, quotes, onQuote)))!;

    private static async Task<List<Summary>> ReadAllAsync(
        ServerAddress address, List<Summary>? quotes = null, Action? onQuote = null, TimeSpan? deadline = null)
    {
        quotes ??= [];
        using var patience = new CancellationTokenSource(Patience);
        using var channel = new QuoteChannel(address);
        await using var subscription = await channel.SubscribeAsync(deadline, patience.Token);
        await foreach (var quote in subscription.ReadAllAsync(patience.Token))
        {
            quotes.Add(quote);
            onQuote?.Invoke();
        }

        return quotes;
    }

    private static async Task CloseEachAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                (await listener.AcceptTcpClientAsync()).Dispose();
            }
        }
        catch (SocketException)
        {
            // The listener was stopped: the test is over.
        }
    }
}
