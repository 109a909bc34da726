using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

/// <summary>The channel of Coinbase Exchange that needs an account.</summary>
[Category(Categories.Loopback)]
internal sealed class CoinbaseAccountTests
{
    private const string Secret = "c2ltdWxhdGVk";
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task SignedLevel2IsTheWholeBookAndThenItsChanges()
    {
        using var socket = await _exchange.ConnectAsync("coinbase", "/");
        await socket.SendAsync(Signed(DateTimeOffset.UtcNow, Secret));

        var acknowledgement = await socket.ReceiveAsync();
        Assert.That(acknowledgement.GetProperty("channels")[0].GetProperty("name").GetString(), Is.EqualTo("level2"));
        var snapshot = await socket.ReceiveAsync();
        Assert.That(snapshot.GetProperty("type").GetString(), Is.EqualTo("snapshot"));
        var update = await socket.ReceiveAsync();
        Assert.That(update.GetProperty("type").GetString(), Is.EqualTo("l2update"));
        Assert.That(update.GetProperty("changes").GetArrayLength(), Is.Positive);
    }

    [TestCase(-31, Secret, "request timestamp expired")]
    [TestCase(0, "d3Jvbmc=", "invalid signature")]
    public async Task SignatureThatProvesNothingIsRefused(int seconds, string secret, string reason)
    {
        using var socket = await _exchange.ConnectAsync("coinbase", "/");
        await socket.SendAsync(Signed(DateTimeOffset.UtcNow.AddSeconds(seconds), secret));

        var error = await socket.ReceiveAsync();
        Assert.That(error.GetProperty("message").GetString(), Is.EqualTo("Authentication Failed"));
        Assert.That(error.GetProperty("reason").GetString(), Is.EqualTo(reason));
    }

    private static string Signed(DateTimeOffset time, string secret)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret), Encoding.ASCII.GetBytes($"{seconds}GET/users/self/verify")));
        return $$"""
            {"type":"subscribe","product_ids":["BTC-USDT"],"channels":["level2"],"timestamp":{{seconds}},
            "key":"simulated","passphrase":"simulated","signature":"{{signature}}"}
            """;
    }
}
