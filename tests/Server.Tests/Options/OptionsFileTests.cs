using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Options;

public sealed class OptionsFileTests
{
    private static readonly string Example = Path.Combine(Repository.Root, "server", "quoter.json");
    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void TheExampleLoadsAndDiffersFromTheDefaultsOnlyWhereItSays()
    {
        var options = OptionsLoader.Load(Example, static _ => null, []);
        var defaults = OptionsLoader.Load(null, static _ => null, []);

        foreach (var setting in SettingTable.All)
        {
            Assert.That(setting.Show(options), Is.EqualTo(setting.Show(defaults)), setting.Key);
        }

        var kraken = options.Venues.Single(static venue => venue.Name == "kraken");
        Assert.That(kraken.TakerFee, Is.EqualTo(0.004m));
        Assert.That(kraken.Dust, Is.EqualTo(0.0001m));
        Assert.That(kraken.Checksum, Is.EqualTo(ChecksumPolicy.Enforce));
        Assert.That(options.Venues[0].CrossCheck, Is.True);
    }

    [Test]
    public void ExampleAndSchemaNameEverySetting()
    {
        using var example = JsonDocument.Parse(
            File.ReadAllText(Example), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        using var schema = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "server", "quoter.schema.json")));
        var known = SettingTable.All.Select(static setting => setting.Key).Append("$schema").Order().ToArray();

        Assert.That(
            Leaves(example.RootElement, "")
                .Where(static key => !key.StartsWith("venues.", StringComparison.Ordinal))
                .Order(),
            Is.EqualTo(known));
        Assert.That(SchemaLeaves(schema.RootElement, "").Order(), Is.EqualTo(known));
        var venue = schema.RootElement.GetProperty("properties")
            .GetProperty("venues").GetProperty("oneOf")[2].GetProperty("items");
        Assert.That(
            venue.GetProperty("properties").EnumerateObject().Select(static property => property.Name).Order(),
            Is.EqualTo(VenueSettings.Names.Append("name").Order()));
    }

    [TestCase("""{"levles": 5}""", "levles: unknown setting (did you mean 'levels'?)")]
    [TestCase("""{"levels": 5, "levels": 6}""", "levels: stands there twice")]
    [TestCase("""{"levels": "many"}""", "levels: 'many' is not a whole number from 1 to 1000")]
    [TestCase("""{"levels": {}}""", "levels: expected a single value, not object")]
    [TestCase("""{"threading": 5}""", "threading: expected an object {...}")]
    [TestCase(
        """{"threading": {"engineWait": "spin"}}""",
        "threading.engineWait: 'spin' is not one of blocking, yielding, busy-spin")]
    [TestCase("""{"threading": {"mode": "invoker"}}""", "threading.mode: invoker has no threads")]
    [TestCase("""{"threading": {"cores": "engine"}}""", "threading.cores: 'engine' is not role:core")]
    [TestCase("""{"threading": {"cores": "journal:0"}}""", "cores: 'journal' is no thread of this configuration")]
    [TestCase(
        """{"threading": {"readers": "many"}}""",
        "threading.readers: 'many' is neither auto nor a whole number from 1 to 64")]
    [TestCase("""{"threading": {"readers": 0}}""", "threading.readers: '0' is not a whole number from 1 to 64")]
    [TestCase("""{"engine": {"laneFull": "keep"}}""", "engine.laneFull: 'keep' is neither wait nor drop")]
    [TestCase(
        """{"venues": [{"name": "kraken", "laneFull": "keep"}]}""",
        "venues.kraken.laneFull: 'keep' is neither wait nor drop")]
    [TestCase(
        """{"venues": [{"name": "kraken", "compression": "gzip"}]}""",
        "venues.kraken.compression: 'gzip' is not one of off, deflate")]
    [TestCase("""{"venues": [{"name": "krakn"}]}""", "venues[0].name: unknown venue 'krakn' (did you mean 'kraken'?)")]
    [TestCase("""{"venues": [{"depth": 10}]}""", "venues[0]: expected an object with a name")]
    [TestCase("""{"venues": []}""", "venues: name at least one of")]
    [TestCase("""{"venues": [{"name": "kraken"}, {"name": "kraken"}]}""", "kraken is named twice")]
    [TestCase(
        """{"venues": [{"name": "kraken", "depht": 10}]}""",
        "venues.kraken.depht: unknown setting (did you mean 'depth'?)")]
    [TestCase(
        """{"venues": [{"name": "kraken", "depth": 11}]}""",
        "venues.kraken.depth: 11 is not one of 10, 25, 100, 500, 1000")]
    [TestCase(
        """{"venues": [{"name": "bitstamp", "depth": 11}]}""",
        "venues.bitstamp.depth: this venue always sends its full depth")]
    [TestCase(
        """{"venues": [{"name": "kraken", "wholeBooks": true}]}""",
        "venues.kraken.wholeBooks: this venue has no feed of whole books")]
    [TestCase(
        """{"venues": [{"name": "kraken", "crossCheck": true}]}""",
        "venues.kraken.crossCheck: this venue has no top-of-book feed")]
    [TestCase(
        """{"venues": [{"name": "binance", "stream": "sbe"}]}""",
        "venues.binance.stream: sbe needs an API key of the venue: name a file with it in apiKeyFile, or set "
        + "QUOTER_BINANCE_API_KEY")]
    [TestCase(
        """{"venues": [{"name": "binance", "apiKeyFile": "key"}]}""",
        "venues.binance.apiKeyFile: stream json needs no key; leave the setting out")]
    [TestCase(
        """{"venues": [{"name": "binance", "stream": "sbe", "apiKeyFile": "no/such.key"}]}""",
        "venues.binance.apiKeyFile: no/such.key cannot be read")]
    [TestCase(
        """{"venues": [{"name": "binance", "stream": "fix"}]}""",
        "venues.binance.stream: 'fix' is not one of json, sbe, partial")]
    [TestCase(
        """{"venues": [{"name": "kraken", "stream": "sbe"}]}""",
        "venues.kraken.stream: this venue has no feed 'sbe'; it has json")]
    [TestCase(
        """{"venues": [{"name": "binance", "stream": "partial", "depth": 100}]}""",
        "venues.binance.depth: 100 is not one of 5, 10, 20")]
    [TestCase(
        """{"venues": [{"name": "binance", "stream": "partial", "crossCheck": true}]}""",
        "venues.binance.crossCheck: with stream partial each message is the venue's own statement")]
    [TestCase("""{"venues": [{"name": "kraken", "takerFee": "5"}]}""", "venues.kraken.takerFee: '5' is not a fee")]
    [TestCase(
        """{"venues": [{"name": "kraken", "socket": "ws://x"}]}""",
        "venues.kraken: give socket and rest together")]
    [TestCase(
        """{"venues": [{"name": "kraken", "socket": "http://x"}]}""",
        "venues.kraken.socket: 'http://x' is not an address that starts with ws:// or wss://")]
    [TestCase(
        """{"record": "recordings", "venues": [{"name": "kraken", "connections": 2}]}""",
        "venues.kraken.connections: a recording is of one socket")]
    [TestCase(
        """{"venues": [{"name": "kraken", "connections": 3}]}""",
        "venues.kraken.connections: '3' is not a whole number from 1 to 2")]
    [TestCase(
        """{"live": true}""",
        "venues: coinbase and coinbase_advanced are two feeds of one book; with live name one of them")]
    [TestCase("""{"instruments": ["BTC"]}""", "instruments: 'BTC' is not an instrument")]
    [TestCase("""{"instruments": ["BTC/USDT", "XBT/USDT"]}""", "instruments: BTC/USDT is named twice")]
    [TestCase("""{"instruments": []}""", "instruments: name at least one instrument")]
    [TestCase("""{"engine": {"book": "tree"}}""", "engine.book: 'tree' is not one of ladder, reference")]
    [TestCase("""{"port": 8080}""", "port and httpPort are both 8080")]
    [TestCase("""{"trustedRoots": "no/such.pem"}""", "trustedRoots: there is no file 'no/such.pem'")]
    [TestCase("""{"dust": "-1"}""", "dust: '-1' is not a decimal number from 0")]
    [TestCase("""["levels"]""", "the file: expected an object {...}")]
    [TestCase("{\"host\": \"\\ud800\"}", "a string in it is no text")]
    [TestCase("{\n\"levels\": 5,\n oops}", ":3: not JSON")]
    public void AMistakeIsNamedWithItsPlaceAndTheFix(string text, string expected)
    {
        File.WriteAllText(_file, text);

        var failure = Assert.Throws<OptionsException>(() => OptionsLoader.Load(_file, static _ => null, []));

        Assert.That(failure!.Message, Does.Contain(expected));
        Assert.That(failure.Message.Split('\n'), Has.Length.EqualTo(1));
    }

    [TestCase("""{"live": true, "venues": ["binance", "coinbase"]}""")]
    [TestCase("""{"live": true, "venues": ["coinbase_advanced"]}""")]
    [TestCase("""{"live": true, "venues": [{"name": "coinbase", "socket": "wss://x", "rest": "https://x"}, {"name": "coinbase_advanced"}]}""")]
    [TestCase("""{"venues": ["coinbase", "coinbase_advanced"]}""")]
    public void OneFeedOfABookMayBeLive(string text)
    {
        File.WriteAllText(_file, text);

        Assert.That(OptionsLoader.Load(_file, static _ => null, []).Venues, Is.Not.Empty);
    }

    [Test]
    public void FlagsWinOverTheEnvironmentAndThatOverTheFile()
    {
        File.WriteAllText(
            _file, """{"levels": 5, "port": 1, "httpPort": 2, "threading": {"engineWait": "yielding"}}""");
        var environment = new Dictionary<string, string>
        {
            ["QUOTER_CONFIG"] = _file,
            ["QUOTER_PORT"] = "3",
            ["QUOTER_HTTP_PORT"] = "4",
            ["QUOTER_BASE_ASSET"] = "eth",
        };
        var flags = new[] { (SettingTable.Find("httpPort")!, "5") };

        var options = OptionsLoader.Load(null, environment.GetValueOrDefault, flags);

        Assert.That((options.Levels, options.Port, options.HttpPort), Is.EqualTo((5, 3, 5)));
        Assert.That(options.EngineWait, Is.EqualTo(WaitStrategyKind.Yielding));
        Assert.That(options.Instruments.Single().ToString(), Is.EqualTo("ETH/USDT"));
    }

    [Test]
    public void PolicyForAFullRingIsAVenuesOwnOrTheCommonOne()
    {
        File.WriteAllText(
            _file,
            """{"venues": [{"name": "kraken", "laneFull": "drop"}, {"name": "binance"}], "engine": {"laneFull": "wait"}}""");

        var options = OptionsLoader.Load(_file, static _ => null, []);

        Assert.That(options.LaneFull, Is.EqualTo(FullLanePolicy.Wait));
        Assert.That(
            options.Venues.Select(static venue => venue.LaneFull),
            Is.EqualTo(new FullLanePolicy?[] { FullLanePolicy.DropAndFault, null }));
    }

    [Test]
    public void JournalHasACoreWhenThereIsOne()
    {
        var options = OptionsLoader.Load(
            null,
            static name => name == "QUOTER_CORES" ? "journal:0" : null,
            [(SettingTable.Find("journal")!, "events")]);

        Assert.That(options.Journal, Is.EqualTo(Path.GetFullPath("events")));
        Assert.That(options.Cores.Of("journal"), Is.Zero);
    }

    [TestCase(null, null, BookStructure.Ladder)]
    [TestCase("reference", null, BookStructure.Reference)]
    [TestCase("reference", "ladder", BookStructure.Ladder)]
    public void TheBookIsChosenByVariableOrFlag(string? variable, string? flag, BookStructure expected)
    {
        (Setting, string)[] flags = flag is null ? [] : [(SettingTable.Find("engine.book")!, flag)];

        var options = OptionsLoader.Load(null, name => name == "QUOTER_BOOK" ? variable : null, flags);

        Assert.That(options.Book, Is.EqualTo(expected));
        Assert.That(SettingTable.Find("engine.book")!.Flag, Is.EqualTo("--book"));
    }

    [Test]
    public void AWrongVariableIsNamed()
    {
        var failure = Assert.Throws<OptionsException>(
            () => OptionsLoader.Load(null, static name => name == "QUOTER_LEVELS" ? "x" : null, []));

        Assert.That(failure!.Message, Is.EqualTo("QUOTER_LEVELS: 'x' is not a whole number from 1 to 1000"));
    }

    private static IEnumerable<string> Leaves(JsonElement section, string prefix) =>
        section.EnumerateObject().SelectMany(property => property.Value.ValueKind == JsonValueKind.Object
            ? Leaves(property.Value, prefix + property.Name + ".")
            : [prefix + property.Name]);

    private static IEnumerable<string> SchemaLeaves(JsonElement schema, string prefix) =>
        schema.GetProperty("properties").EnumerateObject().SelectMany(property =>
            property.Value.TryGetProperty("properties", out _)
                ? SchemaLeaves(property.Value, prefix + property.Name + ".")
                : [prefix + property.Name]);
}
