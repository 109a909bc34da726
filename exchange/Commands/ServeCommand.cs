using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Commands;

/// <summary>Serves until a signal ends it.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string?> _hostname = new("--hostname")
    {
        Description = "host to listen on [EXCHANGE_SERVER_HOSTNAME, default localhost]",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = "port to listen on, 0 takes a free one [EXCHANGE_SERVER_PORT, default 8765]",
    };

    private readonly Option<string[]> _venues = new("--venues")
    {
        Description = "venues to serve, separated by commas [default all, or the one of --venue with --play]",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _instruments = new("--instruments")
    {
        Description = "instruments to simulate, separated by commas, such as BTC/USDT [default all]",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "seed of the simulated order flow",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "speed of the simulated market's time",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _play = new("--play")
    {
        Description = "files of a recording to play back in place of a simulation",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _venue = new("--venue") { Description = "venue of the recording" };

    private readonly Option<string> _speed = new("--speed")
    {
        Description = "speed of the playback: max, or a multiple of the recording's own timing",
        DefaultValueFactory = _ => "1",
    };

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "PEM file of a certificate: serve wss and https",
    };

    private readonly Option<string?> _key = new("--key") { Description = "PEM file of the certificate's private key" };

    private readonly Option<string?> _faults = new("--faults")
    {
        Description = "JSON file of faults that are armed from the start; /control/faults lists the names",
    };

    private readonly Option<bool> _json = new("--json") { Description = "print the ready line as a JSON object" };

    private readonly TextWriter _output;

    /// <param name="output">Where the ready line goes.</param>
    public ServeCommand(TextWriter output) => _output = output;

    /// <summary>Makes the root command serve.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in (IReadOnlyList<Option>)
            [_hostname, _port, _venues, _instruments, _seed, _rate, _play, _venue, _speed, _certificate, _key, _faults,
                _json])
        {
            root.Add(option);
        }

        root.SetAction((parsed, cancellation) => ServeAsync(parsed, cancellation));
    }

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var logs = new StderrLogSink();
        var options = Options(parsed) with { LogSink = logs };
        await using var host = await ExchangeHost.StartAsync(options, cancellation);
        await _output.WriteLineAsync(ReadyLine(host, options, parsed.GetValue(_json)));
        await _output.FlushAsync(cancellation);
        await Task.WhenAny(ended.Task, WhenBrokenAsync(host));
        await host.StopAsync();
        return host.Completion.IsFaulted ? ExchangeCommand.Failed : ExchangeCommand.Success;
    }

    /// <summary>Ends only when the market breaks: a playback alone has no market to end.</summary>
    private static async Task WhenBrokenAsync(ExchangeHost host)
    {
        await host.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!host.Completion.IsFaulted)
        {
            await Task.Delay(Timeout.Infinite);
        }
    }

    private ExchangeOptions Options(ParseResult parsed) => new()
    {
        Hostname = parsed.GetValue(_hostname) ?? Variable("EXCHANGE_SERVER_HOSTNAME") ?? "localhost",
        Port = parsed.GetValue(_port) ?? PortVariable() ?? 8765,
        Venues = List(parsed.GetValue(_venues)),
        Instruments = List(parsed.GetValue(_instruments)),
        Seed = parsed.GetValue(_seed),
        Rate = parsed.GetValue(_rate),
        Playback = Playback(parsed),
        Faults = parsed.GetValue(_faults) is { } faults ? FaultJson.ReadFile(faults) : [],
        Certificate = PemCertificate.Load(parsed.GetValue(_certificate), parsed.GetValue(_key)),
    };

    private PlaybackOptions? Playback(ParseResult parsed)
    {
        var files = parsed.GetValue(_play) ?? [];
        var venue = parsed.GetValue(_venue);
        if (files.Length == 0)
        {
            return venue is null
                ? null
                : throw new ExchangeConfigurationException("--venue names the venue of a recording: give --play too");
        }

        var speed = parsed.GetValue(_speed)!;
        return new PlaybackOptions
        {
            Files = files,
            Venue = venue ?? throw new ExchangeConfigurationException(
                "the recording's venue is not given: add --venue with its name"),
            Speed = PlaybackSpeed.TryParse(speed, out var parsedSpeed)
                ? parsedSpeed
                : throw new ExchangeConfigurationException($"speed '{speed}' is neither max nor a number over 0"),
        };
    }

    private static string[]? List(string[]? values) => values is null or []
        ? null
        : [.. values.SelectMany(value => value.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static int? PortVariable()
    {
        if (Variable("EXCHANGE_SERVER_PORT") is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new ExchangeConfigurationException($"EXCHANGE_SERVER_PORT is '{text}': give a port, 0 to 65535");
    }

    private static string ReadyLine(ExchangeHost host, ExchangeOptions options, bool json)
    {
        var scheme = options.Certificate is null ? "ws" : "wss";
        var shown = host.BaseAddress.HostNameType == UriHostNameType.IPv4 && options.Hostname == "localhost"
            ? "localhost"
            : host.BaseAddress.Host;
        var address = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{shown}:{host.Port}");
        if (!json)
        {
            return $"exchange ready {address} venues={string.Join(',', host.Venues)}";
        }

        return Encoding.UTF8.GetString(JsonBytes.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("ready", "exchange");
            writer.WriteString("address", address);
            writer.WriteNumber("port", host.Port);
            writer.WriteStartArray("venues");
            foreach (var venue in host.Venues)
            {
                writer.WriteStringValue(venue);
            }

            writer.WriteEndArray();
            writer.WriteNumber("seed", options.Seed);
            writer.WriteNumber("rate", options.Rate);
            writer.WriteString("playback", options.Playback?.Venue);
            writer.WriteEndObject();
        }));
    }
}
