using System;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Grpc;

/// <summary>What a message costs in memory on the way from the quote ring into the socket.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Allocation)]
public sealed class FanOutAllocationTests
{
    private const int Updates = 400;
    private const int Rounds = 4;
    private QuoterHarness _quoter = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _quoter.Market.GoLive();
    }

    [TearDown]
    public async Task StopAsync() => await _quoter.DisposeAsync();

    /// <param name="subscribers">Streams.</param>
    /// <param name="burst">Quotes at once.</param>
    /// <param name="bytesMax">
    /// Bytes a message on the publishing thread. A flush that the server cannot complete at once costs about 400 bytes
    /// inside of it, shared by the messages of the burst.
    /// </param>
    [TestCase(1, 1, 16)]
    [TestCase(10, 1, 16)]
    [TestCase(100, 1, 16)]
    [TestCase(100, 20, 48)]
    public Task AMessageCostsNextToNothing(int subscribers, int burst, int bytesMax) =>
        MeasureAsync(new DrainingClient(_quoter.GrpcPort, subscribers), subscribers, burst, bytesMax);

    /// <param name="subscribers">Streams.</param>
    /// <param name="json">What each of them asks for.</param>
    [TestCase(10, "{}")]
    [TestCase(100, """{"levels":5,"mode":"LATEST"}""")]
    [TestCase(100, """{"view":{"prices":"FEE_ADJUSTED","uncrossed":true}}""")]
    public Task AQuoteOfTheRicherServiceCostsNoMore(int subscribers, string json)
    {
        var request = JsonParser.Default.Parse<StreamQuotesRequest>(json).ToByteArray();
        var client = new DrainingClient(
            _quoter.GrpcPort, subscribers, "/quoter.v1.QuoteService/StreamQuotes", request);
        return MeasureAsync(client, subscribers, 1, 16);
    }

    private async Task MeasureAsync(DrainingClient draining, int subscribers, int burst, int bytesMax)
    {
        using var client = draining;
        await Eventually.That(() => _quoter.Publisher.Counters.Sent == subscribers, "all are subscribed");

        // The first round warms up. Of the others the least counts: buffers grow now and then, a leak shows each time.
        var perMessage = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var thread = _quoter.PublisherAllocatedBytes;
            var process = GC.GetTotalAllocatedBytes(precise: true);
            Publish(subscribers, burst);
            double messages = (long)Updates * subscribers;
            var measured = (_quoter.PublisherAllocatedBytes - thread) / messages;
            var total = (GC.GetTotalAllocatedBytes(precise: true) - process) / messages;
            TestContext.Out.WriteLine(
                $"{subscribers} streams, bursts of {burst}: publisher {measured:F1} B a message, process {total:F1} B");
            perMessage = round == 0 ? perMessage : Math.Min(perMessage, measured);
        }

        Assert.That(perMessage, Is.LessThanOrEqualTo(bytesMax));
        Assert.That(_quoter.Publisher.Counters.Conflated, Is.Zero);
    }

    /// <summary>Publishes in bursts, and waits without allocating until each was written to all.</summary>
    private void Publish(int subscribers, int burst)
    {
        var expected = _quoter.Publisher.Counters.Sent;
        for (var update = 1; update <= Updates; update++)
        {
            _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, _quoter.Pipeline.Quotes[0].Cursor + 1);
            expected += subscribers;
            for (var millis = 0; update % burst == 0 && _quoter.Publisher.Counters.Sent < expected; millis++)
            {
                if (millis == 10_000)
                {
                    Assert.Fail("the burst was not written");
                }

                Thread.Sleep(1);
            }
        }
    }
}
