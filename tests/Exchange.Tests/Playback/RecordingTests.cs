using System;
using System.IO;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Playback;

internal sealed class RecordingTests
{
    private static readonly string[] Samples =
    [
        "CBCAP1 kraken BTC/USD 1785552832693693000\n100 23\n{\"channel\":\"heartbeat\"}\n200 2\n{}\n",
        """1723161253937085768 {"data":{"e":"depthUpdate","s":"A","U":1,"u":9,"b":[["1.5","2"]],"a":[]}}""" + "\n"
            + "1723161253937085769 {\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}\n",
        "https://x.y/api/v3/depth?symbol=A -> 1.5: {\"lastUpdateId\":5}\nwss://x.y/ws <-> 1.6\n"
            + "wss://x.y/ws <- 1.7: {}\n1.8: {\"e\":\"depthUpdate\"}\nconfiguration: {}\n\n1.9: hello\n",
    ];

    private string _file = null!;

    [SetUp]
    public void NameFile() =>
        _file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"recording-{Guid.NewGuid():N}");

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void DamagedRecordingIsReadOrRefusedButNeverCrashes()
    {
        var random = Seeded.Random();
        var (read, refused) = (0, 0);
        for (var run = 0; run < 3000; run++)
        {
            var bytes = Encoding.UTF8.GetBytes(Samples[run % Samples.Length]);
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(_file, bytes[..random.Next(1, bytes.Length + 1)]);
            foreach (var venue in VenueRegistry.All)
            {
                try
                {
                    var shelf = new PlaybackShelf(Recording.Load([_file], venue.Playback), venue.Playback);
                    shelf.Find("depth A");
                    shelf.Find("exchangeInfo");
                    shelf.Find("trading-pairs-info");
                    read++;
                }
                catch (ExchangeConfigurationException exception)
                {
                    Assert.That(exception.Message, Does.Contain(_file));
                    refused++;
                }
            }
        }

        Assert.That(read, Is.GreaterThan(100));
        Assert.That(refused, Is.GreaterThan(100));
    }

    [Test]
    public void FilesAreMergedByTime()
    {
        File.WriteAllText(_file, "1.5: {\"n\":2}\n1.5: {\"n\":3}\n3: {\"n\":5}\n");
        var other = _file + "-other";
        File.WriteAllText(other, "1.25: {\"n\":1}\n1.5: {\"n\":4}\n");
        try
        {
            var recording = Recording.Load([_file, other], VenueRegistry.All[0].Playback);
            var order = recording.Frames.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span));
            Assert.That(string.Concat(order), Is.EqualTo("""{"n":1}{"n":2}{"n":3}{"n":4}{"n":5}"""));
        }
        finally
        {
            File.Delete(other);
        }
    }

    [Test]
    public void SeveralBodiesForOneRequestAreHandedOutInOrder()
    {
        File.WriteAllText(
            _file,
            "https://x.y/api/v2/order_book/btcusd -> 1: {\"n\":1}\n"
                + "https://x.y/api/v2/order_book/btcusd/?group=1 -> 2: {\"n\":2}\n3: {}\n");
        var dialect = VenueRegistry.All.Single(venue => venue.Name == "bitstamp").Playback;
        var shelf = new PlaybackShelf(Recording.Load([_file], dialect), dialect);
        string Next() => Encoding.UTF8.GetString(shelf.Find("order_book btcusd")!.Value.Span);
        Assert.That(Next(), Is.EqualTo("""{"n":1}"""));
        Assert.That(Next(), Is.EqualTo("""{"n":2}"""));
        Assert.That(Next(), Is.EqualTo("""{"n":2}"""));
        shelf.Rewind();
        Assert.That(Next(), Is.EqualTo("""{"n":1}"""));
    }
}
