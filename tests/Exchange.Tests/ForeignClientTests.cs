using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests;

/// <summary>Libraries of others read the feed and compute the checksums with their own CRC-32.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
internal sealed class ForeignClientTests
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import asyncio, json, sys, zlib
        from decimal import Decimal
        import websockets

        def digits(text):
            return text.replace('.', '').lstrip('0')

        async def main(address):
            book = {'bids': {}, 'asks': {}}
            matched = checked = 0
            async with websockets.connect(address) as ws:
                assert json.loads(await ws.recv())['channel'] == 'status'
                await ws.send(json.dumps({'method': 'subscribe',
                    'params': {'channel': 'book', 'symbol': ['BTC/USDT'], 'depth': 10}}))
                while checked < 300:
                    message = json.loads(await ws.recv(), parse_float=str, parse_int=str)
                    if message.get('channel') != 'book':
                        continue
                    for update in message['data']:
                        for side in book:
                            for level in update[side]:
                                price = Decimal(level['price'])
                                if Decimal(level['qty']):
                                    book[side][price] = level
                                else:
                                    book[side].pop(price, None)
                        asks = sorted(book['asks'])[:10]
                        bids = sorted(book['bids'], reverse=True)[:10]
                        book = {'bids': {p: book['bids'][p] for p in bids}, 'asks': {p: book['asks'][p] for p in asks}}
                        text = ''.join(digits(l['price']) + digits(l['qty'])
                                       for l in [book['asks'][p] for p in asks] + [book['bids'][p] for p in bids])
                        checked += 1
                        matched += zlib.crc32(text.encode()) == int(update['checksum'])
            print(json.dumps({'checked': checked, 'matched': matched}))

        asyncio.run(main(sys.argv[1]))
        """;

    [Test]
    public async Task PythonWebsocketsReadsKrakenAndAgreesOnEveryChecksum()
    {
        ForeignTool.Require(
            "python3-websockets (apt-get install -y python3-websockets)", Python, "-c", "import websockets");
        await using var exchange = await TestExchange.StartAsync();
        var address = $"{exchange.Host.WebSocketAddress("kraken")}/v2";
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Script, address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.That(process.ExitCode, Is.Zero, await error);
        using var result = JsonDocument.Parse(output);
        Assert.That(result.RootElement.GetProperty("checked").GetInt32(), Is.GreaterThanOrEqualTo(300));
        Assert.That(
            result.RootElement.GetProperty("matched").GetInt32(),
            Is.EqualTo(result.RootElement.GetProperty("checked").GetInt32()));
    }
}
