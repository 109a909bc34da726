using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Fluent;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Quotes;

/// <summary>Messages out of bytes, however these are cut.</summary>
public sealed class SummaryReaderTests
{
    [Test]
    public async Task EverySingleCutGivesTheSameQuotes()
    {
        Summary[] sent = [SampleQuotes.ThreeLevels(), new Summary(), SampleQuotes.Crossed()];
        var bytes = Messages.Of(sent);

        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.That(await ReadAllAsync(bytes, [cut]), Is.EqualTo(sent), $"cut after {cut} bytes");
        }
    }

    [Test]
    public async Task BytesThatComeOneByOneGiveTheSameQuotes()
    {
        Summary[] sent = [SampleQuotes.ThreeLevels(), SampleQuotes.Crossed()];
        var bytes = Messages.Of(sent);

        Assert.That(await ReadAllAsync(bytes, Enumerable.Repeat(1, bytes.Length)), Is.EqualTo(sent));
    }

    [Test]
    public void AnyQuotesInAnyPiecesComeOutAsTheyWentIn()
    {
        var pieces = Gen.Choose(1, 700).ListOf();
        var seeds = Gen.Choose(0, int.MaxValue).ListOf();
        Seeded.Check(Prop.ForAll(seeds.ToArbitrary(), pieces.ToArbitrary(), (seedsDrawn, piecesDrawn) =>
        {
            var sent = seedsDrawn.Select(SampleQuotes.Random).ToArray();
            var read = ReadAllAsync(Messages.Of(sent), piecesDrawn).GetAwaiter().GetResult();
            return read.SequenceEqual(sent);
        }));
    }

    [Test]
    public async Task EveryTruncationWithinAMessageIsAnError()
    {
        var bytes = Messages.Of(SampleQuotes.ThreeLevels());

        for (var length = 1; length < bytes.Length; length++)
        {
            var failure = await FailsAsync(bytes[..length]);
            Assert.That(failure.Message, Is.EqualTo("the stream ended within a message"));
        }
    }

    [Test]
    public async Task AMessageLongerThanTheLimitIsRefusedByItsPrefix()
    {
        var failure = await FailsAsync(Messages.Prefix(SummaryReader.MaxMessageBytes + 1));

        Assert.That(failure.Status, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(failure.Message, Does.Contain("4194305 bytes"));
    }

    [Test]
    public async Task ACompressedMessageIsRefused() =>
        Assert.That((await FailsAsync(Messages.Of([1, 2, 3], compressed: true))).Message, Does.Contain("flag 1"));

    [Test]
    public async Task AReservedFlagIsRefused() =>
        Assert.That((await FailsAsync([7, 0, 0, 0, 0])).Message, Does.Contain("flag 7"));

    [Test]
    public async Task BytesThatAreNoSummaryAreAnError() =>
        Assert.That((await FailsAsync(Messages.Of([0x12, 0xff]))).Message, Is.EqualTo("a message that is no Summary"));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public async Task APriceThatIsNotFiniteIsAnErrorThatNamesTheVenue(double price)
    {
        var quote = new Summary { Asks = { SampleQuotes.Level("kraken", price, 1) } };

        Assert.That((await FailsAsync(Messages.Of(quote))).Message, Does.Contain("kraken"));
    }

    private static async Task<QuoteStreamException> FailsAsync(byte[] bytes) =>
        (await Assert.ThrowsAsync<QuoteStreamException>(() => ReadAllAsync(bytes, [])))!;

    private static async Task<List<Summary>> ReadAllAsync(byte[] bytes, IEnumerable<int> pieces)
    {
        var quotes = new List<Summary>();
        await using var reader = new SummaryReader(new PiecewiseStream(bytes, pieces));
        while (await reader.NextAsync(CancellationToken.None) is { } quote)
        {
            quotes.Add(quote);
        }

        return quotes;
    }
}
