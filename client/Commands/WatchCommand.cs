using System;
using System.CommandLine;
using System.IO;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Watching;

namespace LowLatencyQuoter.Client.Commands;

/// <summary>The verb <c>watch</c>: its flags and their defaults.</summary>
internal static class WatchCommand
{
    /// <summary>Makes the verb; failures of the work are written to <paramref name="errors"/>, one line each.</summary>
    public static Command Create(TextWriter errors)
    {
        var host = new Option<string>("--host")
        {
            Description = "The server's host name or address.",
            DefaultValueFactory = static _ => "localhost",
            CustomParser = OptionValues.Host("--host"),
        };
        var port = new Option<long>("--port")
        {
            Description = "The server's gRPC port.",
            DefaultValueFactory = static _ => ServerAddress.DefaultPort,
            CustomParser = OptionValues.Number("--port", 1, 65_535),
            HelpName = "N",
        };
        var httpPort = new Option<long>("--http-port")
        {
            Description = "The server's HTTP port, for instruments, venues' health and latencies on a terminal.",
            DefaultValueFactory = static _ => WatchOptions.DefaultHttpPort,
            CustomParser = OptionValues.Number("--http-port", 1, 65_535),
            HelpName = "N",
        };
        var symbol = new Option<string?>("--symbol")
        {
            Description = "The instrument, such as ETH/USDT; without it the server's default.",
            CustomParser = OptionValues.Symbol("--symbol"),
            HelpName = "BASE/QUOTE",
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "One line of text per quote, on a terminal too.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "One JSON object per quote, each on one line.",
        };
        var count = new Option<long?>("--count")
        {
            Description = "End after N quotes.",
            CustomParser = result => OptionValues.Number("--count", 1, long.MaxValue)(result),
            HelpName = "N",
        };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "Limit of the whole run (30s, 500ms, 2m); reaching it is a failure.",
            CustomParser = OptionValues.Duration("--timeout"),
            HelpName = "TIME",
        };
        var reconnect = new Option<bool>("--reconnect")
        {
            Description = "Keep trying when the server cannot be reached or goes away.",
        };

        var watch = new Command("watch", "Shows the consolidated book live: a ladder on a terminal, else lines.")
        {
            host, port, httpPort, symbol, plain, json, count, timeout, reconnect,
        };
        watch.Validators.Add(result =>
        {
            if (result.GetValue(plain) && result.GetValue(json))
            {
                result.AddError("--plain and --json exclude each other; name one");
            }
        });
        watch.SetAction((parsed, quit) =>
        {
            var format = parsed.GetValue(json) ? WatchFormat.Json
                : parsed.GetValue(plain) ? WatchFormat.Plain
                : WatchFormat.Auto;
            var server = new ServerAddress(parsed.GetValue(host)!, (int)parsed.GetValue(port));
            var options = new WatchOptions(
                server,
                parsed.GetValue(symbol),
                format,
                parsed.GetValue(count),
                parsed.GetValue(timeout),
                parsed.GetValue(reconnect))
            {
                HttpPort = (int)parsed.GetValue(httpPort),
            };
            return WatchSession.RunAsync(options, errors, quit);
        });
        return watch;
    }
}
