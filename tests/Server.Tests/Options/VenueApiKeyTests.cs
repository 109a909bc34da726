using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Server.Options;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Options;

/// <summary>The key of Binance's binary streams: where it comes from, and that nothing shows it.</summary>
public sealed class VenueApiKeyTests
{
    private const string Key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zv";
    private string _key = "";
    private string _file = "";

    [SetUp]
    public void MakeFiles()
    {
        _key = Path.GetTempFileName();   // its owner's alone
        _file = Path.GetTempFileName();
        File.WriteAllText(_key, Key + "\n");
    }

    [TearDown]
    public void DeleteFiles()
    {
        File.Delete(_key);
        File.Delete(_file);
    }

    [Test]
    public void FileHoldsTheKeyAndTheVariableWins()
    {
        var fromFile = Load(_key, null).Venues[0];
        var fromVariable = Load(_key, Key + "2").Venues[0];

        Assert.That(fromFile.ApiKey, Is.EqualTo(new Feeds.Live.ApiKey(Key)));
        Assert.That(fromVariable.ApiKey, Is.EqualTo(new Feeds.Live.ApiKey(Key + "2")));
        var again = Load(_key, null).Venues[0];
        Assert.That(again, Is.EqualTo(fromFile), "read again, it is the same");
        Assert.That(fromFile.ToString(), Does.Not.Contain(Key));
        Assert.That(VenueSettings.Show(fromFile).Select(static setting => setting.Value), Has.None.Contain(Key));
        Assert.That(fromFile.Feed.Profile.LiveSocket.Host, Is.EqualTo("stream-sbe.binance.com"));
    }

    [Test]
    public void FileThatOthersMayReadIsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("files have no such modes here");
            return;
        }

        File.SetUnixFileMode(_key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.That(Fault(_key, null), Does.Contain("others may read or change").And.Contain("chmod 600"));
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("line\r\nHost: evil")]
    public void WhatIsNoKeyIsNamedWithoutBeingShown(string text)
    {
        File.WriteAllText(_key, text);

        Assert.That(Fault(_key, null), Does.StartWith("venues.binance.apiKeyFile: ").And.Not.Contain("evil"));
    }

    [Test]
    public void KeyIsNotSentInClearTextToAnotherMachine()
    {
        const string Address = """, "socket": "ws://venue.example/x", "rest": "http://venue.example/x" """;

        Assert.That(Fault(null, Key, Address), Does.Contain("ws://venue.example/x is not encrypted"));
        Assert.That(Load(null, Key, Address.Replace("ws://", "wss://", StringComparison.Ordinal)).Venues, Is.Not.Empty);
    }

    private string Fault(string? keyFile, string? variable, string more = "") =>
        Assert.Throws<OptionsException>(() => Load(keyFile, variable, more))!.Message;

    private QuoterOptions Load(string? keyFile, string? variable, string more = "")
    {
        var key = keyFile is null ? "" : $$""", "apiKeyFile": "{{keyFile}}" """;
        File.WriteAllText(_file, $$"""{"venues": [{"name": "binance", "stream": "sbe"{{key}}{{more}}}]}""");
        return OptionsLoader.Load(_file, name => name == "QUOTER_BINANCE_API_KEY" ? variable : null, []);
    }
}
