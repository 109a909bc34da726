using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Tests.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Quote;

/// <summary>The bytes of a quote are what readers of the ring rely on.</summary>
public sealed class QuoteLayoutTests
{
    [TestCase(nameof(QuoteHeader.Sequence), 0)]
    [TestCase(nameof(QuoteHeader.VenueUnixNanos), 8)]
    [TestCase(nameof(QuoteHeader.ReceivedNanos), 16)]
    [TestCase(nameof(QuoteHeader.PublishedNanos), 24)]
    [TestCase(nameof(QuoteHeader.Instrument), 32)]
    [TestCase(nameof(QuoteHeader.CauseBook), 36)]
    [TestCase(nameof(QuoteHeader.BidCount), 40)]
    [TestCase(nameof(QuoteHeader.AskCount), 44)]
    [TestCase(nameof(QuoteHeader.MemberCount), 48)]
    [TestCase(nameof(QuoteHeader.PriceScale), 52)]
    [TestCase(nameof(QuoteHeader.QuantityScale), 53)]
    [TestCase("_members", 56)]
    public void HeaderFieldLiesAt(string field, int offset) =>
        Assert.That(FieldOffsets.Of(typeof(QuoteHeader), field), Is.EqualTo(offset));

    [TestCase(nameof(QuoteMember.ReceivedNanos), 0)]
    [TestCase(nameof(QuoteMember.Book), 8)]
    [TestCase(nameof(QuoteMember.State), 12)]
    public void MemberFieldLiesAt(string field, int offset) =>
        Assert.That(FieldOffsets.Of(typeof(QuoteMember), field), Is.EqualTo(offset));

    [TestCase(nameof(QuoteRow.Price), 0)]
    [TestCase(nameof(QuoteRow.Quantity), 8)]
    [TestCase(nameof(QuoteRow.Member), 16)]
    public void RowFieldLiesAt(string field, int offset) =>
        Assert.That(FieldOffsets.Of(typeof(QuoteRow), field), Is.EqualTo(offset));

    [Test]
    public void SizesAreFixed()
    {
        Assert.That(Unsafe.SizeOf<QuoteMember>(), Is.EqualTo(16));
        Assert.That(Unsafe.SizeOf<QuoteRow>(), Is.EqualTo(24));
        Assert.That(Unsafe.SizeOf<QuoteHeader>(), Is.EqualTo(56 + (QuoteHeader.MaxMembers * 16)));
    }

    [TestCase(BookState.Disconnected, 0)]
    [TestCase(BookState.Connecting, 1)]
    [TestCase(BookState.Buffering, 2)]
    [TestCase(BookState.Live, 3)]
    [TestCase(BookState.Suspect, 4)]
    [TestCase(BookState.Gapped, 5)]
    [TestCase(BookState.Stale, 6)]
    public void NumberOfAStateIsForGood(BookState state, int number) => Assert.That((int)state, Is.EqualTo(number));
}
