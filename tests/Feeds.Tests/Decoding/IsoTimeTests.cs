using System;
using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class IsoTimeTests
{
    [Test]
    public void EveryTimeOfTheRuntimeIsRead()
    {
        var seconds = Gen.Choose(0, int.MaxValue)
            .SelectMany(low => Gen.Choose(0, 3).Select(high => low + (high * 2_147_483_648L)));
        var ticksOfSecond = Gen.Choose(0, 9_999_999).ToArbitrary();
        var digitCounts = Gen.Choose(0, 7).ToArbitrary();
        Seeded.Check(
            Prop.ForAll(seconds.ToArbitrary(), ticksOfSecond, digitCounts, (second, ticks, digits) =>
            {
                var time = DateTimeOffset.FromUnixTimeSeconds(second)
                    .AddTicks(ticks - (ticks % (long)Math.Pow(10, 7 - digits)));
                var format = "yyyy-MM-dd'T'HH:mm:ss" + (digits == 0 ? "" : "." + new string('f', digits)) + "'Z'";
                var text = Encoding.ASCII.GetBytes(time.ToString(format, CultureInfo.InvariantCulture));
                return IsoTime.TryParse(text, out var nanos)
                    && nanos == (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
            }),
            runs: 5_000);
    }

    [Test]
    public void EveryDayOfTheCalendarIsReadAndNoOther()
    {
        for (var year = 1970; year <= 2261; year++)
        {
            for (var month = 0; month <= 13; month++)
            {
                for (var day = 27; day <= 32; day++)
                {
                    var text = string.Create(
                        CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}T23:59:59Z");
                    var isTime = DateTimeOffset.TryParse(
                        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expected);
                    var reads = IsoTime.TryParse(Encoding.ASCII.GetBytes(text), out var nanos);
                    if (reads != isTime || (reads && nanos != expected.ToUnixTimeSeconds() * 1_000_000_000))
                    {
                        Assert.Fail($"{text}: {reads} {nanos}");
                    }
                }
            }
        }
    }

    [TestCase("2026-08-01T02:53:53.646219Z", 1_785_552_833_646_219_000)]
    [TestCase("2026-08-01T02:53:53.123456789Z", 1_785_552_833_123_456_789)]
    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000)]
    public void TimeIsNanosecondsOfUnixTime(string text, long expected)
    {
        Assert.That(IsoTime.TryParse(Encoding.ASCII.GetBytes(text), out var nanos), Is.True);
        Assert.That(nanos, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("2026-08-01")]
    [TestCase("2026-08-01T02:53:53")]
    [TestCase("2026-08-01T02:53:53+00:00")]
    [TestCase("2026-08-01 02:53:53Z")]
    [TestCase("2026-08-01T02:53:53.Z")]
    [TestCase("2026-08-01T02:53:53,5Z")]
    [TestCase("2026-08-01T02:53:53.1234567890Z")]
    [TestCase("2026-08-01T02:53:53.12x4Z")]
    [TestCase("2026-08-01T24:00:00Z")]
    [TestCase("2026-08-01T00:60:00Z")]
    [TestCase("2026-08-01T00:00:61Z")]
    [TestCase("2026-02-29T00:00:00Z")]
    [TestCase("2026-00-10T00:00:00Z")]
    [TestCase("2026-01-00T00:00:00Z")]
    [TestCase("1969-12-31T23:59:59Z")]
    [TestCase("2262-01-01T00:00:00Z")]
    [TestCase("20x6-08-01T02:53:53Z")]
    public void AnythingElseIsNoTime(string text)
    {
        Assert.That(IsoTime.TryParse(Encoding.ASCII.GetBytes(text), out var nanos), Is.False);
        Assert.That(nanos, Is.Zero);
    }
}
