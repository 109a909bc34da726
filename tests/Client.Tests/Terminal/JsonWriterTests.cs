using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LowLatencyQuoter.Client.Terminal;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>Quotes for scripts.</summary>
public sealed class JsonWriterTests
{
    [Test]
    public void AQuoteIsOneObjectOnOneLine() => Assert.That(Line(SampleQuotes.Crossed()), Is.EqualTo(
        "{\"spread\":-1.5,\"bids\":[{\"exchange\":\"kraken\",\"price\":101.5,\"amount\":1}],"
        + "\"asks\":[{\"exchange\":\"binance\",\"price\":100,\"amount\":2}]}\n"));

    [Test]
    public void EmptySidesAreEmptyArrays() =>
        Assert.That(Line(new Summary()), Is.EqualTo("{\"spread\":0,\"bids\":[],\"asks\":[]}\n"));

    [Test]
    public void EveryQuoteCanBeReadBackExactly() =>
        Seeded.Check(Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var quote = SampleQuotes.Random(seed);
            var line = Line(quote);
            return line.IndexOf('\n') == line.Length - 1 && Parse(line).Equals(quote);
        }));

    [Test]
    public void AVenueNameWithALineFeedStaysOnTheLine()
    {
        var quote = new Summary { Bids = { SampleQuotes.Level("a\n\"b", 1, 1) } };

        Assert.That(Line(quote).TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(Parse(Line(quote)), Is.EqualTo(quote));
    }

    private static string Line(Summary quote)
    {
        var line = new ArrayBufferWriter<byte>();
        new JsonWriter().Write(quote, line);
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static Summary Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var quote = new Summary { Spread = json.RootElement.GetProperty("spread").GetDouble() };
        quote.Bids.AddRange(json.RootElement.GetProperty("bids").EnumerateArray().Select(Level));
        quote.Asks.AddRange(json.RootElement.GetProperty("asks").EnumerateArray().Select(Level));
        return quote;
    }

    private static Level Level(JsonElement level) => SampleQuotes.Level(
        level.GetProperty("exchange").GetString()!,
        level.GetProperty("price").GetDouble(),
        level.GetProperty("amount").GetDouble());
}
