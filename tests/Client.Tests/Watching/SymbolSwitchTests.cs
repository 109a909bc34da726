using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Watching;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Watching;

public sealed class SymbolSwitchTests
{
    [Test]
    public async Task AChoiceEndsOneWatchAndBeginsTheNext()
    {
        var watched = new List<string?>();
        var symbols = new SymbolSwitch(null);

        await symbols.RunAsync(
            async (symbol, ending) =>
            {
                watched.Add(symbol);
                if (symbol is null)
                {
                    symbols.Choose("ETH/USDT");
                    await Task.Delay(Timeout.Infinite, ending);
                }
            },
            CancellationToken.None);

        Assert.That(watched, Is.EqualTo((string?[])[null, "ETH/USDT"]));
    }

    [Test]
    public void QuittingEndsAll()
    {
        using var quit = new CancellationTokenSource();
        var symbols = new SymbolSwitch("BTC/USDT");

        Assert.That(
            () => symbols.RunAsync(
                async (_, ending) =>
                {
                    await quit.CancelAsync();
                    await Task.Delay(Timeout.Infinite, ending);
                },
                quit.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void AFailureOfTheWatchIsTheResult() =>
        Assert.That(
            () => new SymbolSwitch(null).RunAsync(
                static (_, _) => throw new InvalidOperationException("no"), CancellationToken.None),
            Throws.InvalidOperationException);
}
