using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using LowLatencyQuoter.Shm;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>Shared memory of a server that is killed, started twice, and ended in order.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class SharedMemoryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);
    private string _path = "";

    [SetUp]
    public void Name() => _path = Path.Combine(Path.GetTempPath(), $"quotes-{Guid.NewGuid():N}");

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public async Task ADeadWriterIsToldAndItsNameTakenOverWithANewEpoch()
    {
        await using var first = await StartAsync();
        using var quotes = SharedQuotes.Open(_path);
        var quote = quotes.MakeQuote();
        Assert.That(quotes.WriterPid, Is.EqualTo(first.Program.Id));
        Assert.That(quotes.ReadLatest(0, quote), Is.EqualTo(SharedRead.Quote), "ready means that there is a quote");

        first.Program.Signal("KILL");
        await first.Program.ExitAsync(Limit);
        await Eventually.HoldsAsync(
            () => quotes.CheckWriter(Silence) == WriterState.Dead, Limit, () => $"{quotes.CheckWriter(Silence)}");

        await using var second = await StartAsync();
        Assert.That(quotes.CheckWriter(Silence), Is.EqualTo(WriterState.Superseded));
        using var again = SharedQuotes.Open(_path);
        Assert.That(again.Epoch, Is.GreaterThan(quotes.Epoch));
        Assert.That(again.WriterPid, Is.EqualTo(second.Program.Id));
        Assert.That(again.ReadLatest(0, quote), Is.EqualTo(SharedRead.Quote));
        Assert.That(quote.Epoch, Is.EqualTo(again.Epoch));

        await RefuseAsync(second.Program.Id);

        second.Program.Signal("TERM");
        Assert.That(await second.Program.ExitAsync(Limit), Is.Zero, second.Program.Errors);
        Assert.That(again.CheckWriter(Silence), Is.EqualTo(WriterState.Closed));
        Assert.That(File.Exists(_path), Is.False);
    }

    private async Task RefuseAsync(int pid)
    {
        await using var third = RunningProgram.StartOurs(
            "server", "--shm", _path, "--venues", "kraken", "--warm-up", "off", "--port", "0", "--http-port", "0");

        Assert.That(await third.ExitAsync(Limit), Is.EqualTo(3), third.Errors);
        await Eventually.HoldsAsync(
            () => third.Errors.Contains(_path, StringComparison.Ordinal)
                && third.Errors.Contains(pid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            Limit,
            () => third.Errors);
    }

    private Task<QuoterProcess> StartAsync() => QuoterProcess.StartAsync("--shm", _path, "--venues", "kraken");
}
