using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// Provokes faults at random moments until the time is over, then waits until everything has recovered.
/// </summary>
internal sealed class ChaosRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);   // a venue's budget may want most of it
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly ChaosSettings _settings;
    private readonly ChaosBench _bench;
    private readonly Random _random;
    private readonly ChaosFault[][] _menus;
    private readonly long[] _downSince;     // of each venue; 0: all of its books are live
    private readonly string[] _lastFault;
    private readonly long[] _toxicUntil;

    public ChaosRun(ChaosSettings settings, ChaosBench bench)
    {
        _settings = settings;
        _bench = bench;
        _random = new Random(settings.Seed);
        _menus = [.. settings.Venues.Select(ChaosFault.Of)];
        _downSince = new long[settings.Venues.Count];
        _lastFault = [.. settings.Venues.Select(static _ => "start")];
        _toxicUntil = new long[settings.Venues.Count];
    }

    /// <summary>How often each fault was provoked.</summary>
    public SortedDictionary<string, int> Provoked { get; } = new(StringComparer.Ordinal);

    /// <summary>Times a venue had all of its books live again.</summary>
    public int Recoveries { get; private set; }

    /// <summary>The longest of them.</summary>
    public TimeSpan WorstRecovery { get; private set; }

    /// <summary>Where that was, and after which fault.</summary>
    public string WorstOf { get; private set; } = "";

    /// <summary>Megabytes of the process after a fifth of the time.</summary>
    public long MemoryFirst { get; private set; }

    /// <summary>Megabytes at the end.</summary>
    public long MemoryLast { get; private set; }

    /// <summary>Everything; failures are the caller's to assert.</summary>
    public async Task RunAsync()
    {
        await WaitAsync(() => Enumerable.Range(0, _menus.Length).All(_bench.IsLive), "every book live at the start");
        Array.Clear(_downSince);
        var started = Stopwatch.GetTimestamp();
        var next = started;
        while (Stopwatch.GetElapsedTime(started) < _settings.Duration && _bench.Fatal is null)
        {
            Watch();
            if (Stopwatch.GetTimestamp() >= next)
            {
                Strike(_random.Next(_menus.Length));
                next = Stopwatch.GetTimestamp()
                    + (long)(_random.NextDouble() * _settings.PauseMax.TotalSeconds * Stopwatch.Frequency);
            }

            if (MemoryFirst == 0 && Stopwatch.GetElapsedTime(started) > _settings.Duration / 5)
            {
                MemoryFirst = Memory();
            }

            await Task.Delay(Look);
        }

        CalmDown();
        await WaitAsync(() => Enumerable.Range(0, _menus.Length).All(_bench.IsLive), "every book live at the end");
        _bench.Judged.Ask();
        await WaitAsync(() => _bench.Judged.Unproven == 0, "every book equal to the venue's own");
        MemoryLast = Memory();
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 >> 20;
    }

    private void Strike(int venue)
    {
        if (_downSince[venue] != 0 && _random.Next(10) != 0)
        {
            return;     // most faults find a venue that is well, so that recoveries are of one fault
        }

        var fault = _menus[venue][_random.Next(_menus[venue].Length)];
        var books = _bench.BooksOf(venue).ToArray();
        var symbol = _bench.Table.Definitions[books[_random.Next(books.Length)]].Symbol;
        try
        {
            for (var index = 0; index < fault.Faults.Count; index++)
            {
                var armed = fault.Faults[index];
                var isOfOneBook = armed.Name is not ("reset" or "close" or "notice" or "refuse-connect" or "lag");
                _bench.Exchange.Faults.Arm(
                    _settings.Venues[venue], isOfOneBook ? armed with { Symbol = symbol } : armed);
            }
        }
        catch (ExchangeConfigurationException)
        {
            return;     // nobody listens to that book at this moment
        }

        if (fault.Toxics is { } toxics)
        {
            _bench.Proxies[venue].Toxics = toxics;
            _toxicUntil[venue] = Stopwatch.GetTimestamp()
                + (long)((0.2 + (_random.NextDouble() * 2.5)) * Stopwatch.Frequency);
        }

        fault.Strike?.Invoke(_bench.Proxies[venue]);
        _lastFault[venue] = fault.Name;
        Provoked[fault.Name] = Provoked.GetValueOrDefault(fault.Name) + 1;
    }

    /// <summary>Ends what the proxies do for a while, and notes who is down and who came back.</summary>
    private void Watch()
    {
        var now = Stopwatch.GetTimestamp();
        for (var venue = 0; venue < _menus.Length; venue++)
        {
            if (_toxicUntil[venue] != 0 && now >= _toxicUntil[venue])
            {
                _toxicUntil[venue] = 0;
                _bench.Proxies[venue].Toxics = new Toxics();
            }

            var isLive = _bench.IsLive(venue);
            if (!isLive && _downSince[venue] == 0)
            {
                _downSince[venue] = now;
            }
            else if (isLive && _downSince[venue] != 0)
            {
                Recoveries++;
                var took = Stopwatch.GetElapsedTime(_downSince[venue], now);
                _downSince[venue] = 0;
                if (took > WorstRecovery)
                {
                    WorstRecovery = took;
                    WorstOf = $"{_settings.Venues[venue]} after {_lastFault[venue]}";
                }
            }
        }
    }

    private void CalmDown()
    {
        for (var venue = 0; venue < _menus.Length; venue++)
        {
            _bench.Exchange.Faults.Clear(_settings.Venues[venue]);
            _bench.Proxies[venue].Toxics = new Toxics();
            _toxicUntil[venue] = 0;
        }
    }

    private async Task WaitAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Watch();
            if (_bench.Fatal is { } fatal)
            {
                Assert.Fail($"the process would have ended: {fatal}");
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail(
                    $"{what} did not happen:\n{string.Join('\n', _bench.Judged.Doubtful())}\n"
                    + string.Join('\n', _bench.Log.ToString().Split('\n').TakeLast(60)));
            }

            await Task.Delay(Look);
        }
    }
}
