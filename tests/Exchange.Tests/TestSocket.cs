using System;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange.Tests;

/// <summary>A client websocket whose every wait ends after ten seconds.</summary>
internal sealed class TestSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private TestSocket()
    {
    }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<TestSocket> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new TestSocket();
        configure?.Invoke(socket._socket.Options);
        using var patience = new CancellationTokenSource(Patience);
        await socket._socket.ConnectAsync(address, patience.Token);
        return socket;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, true, patience.Token);
    }

    /// <summary>The next message's bytes; null when the server closed.</summary>
    public async Task<byte[]?> ReceiveBytesAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await AnswerCloseAsync();
                return null;
            }

            message.Write(_buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    /// <summary>The next message as JSON.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        var bytes = await ReceiveBytesAsync()
            ?? throw new InvalidOperationException($"the server closed with {CloseStatus} {CloseReason}");
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    /// <summary>The next message the condition holds for.</summary>
    public async Task<JsonElement> ReceiveAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (wanted(message))
            {
                return message;
            }
        }
    }

    /// <summary>Sends a message and returns the first answer that is no market data.</summary>
    public async Task<JsonElement> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReceiveAsync(message =>
            !message.TryGetProperty("stream", out _)
            && !(message.TryGetProperty("channel", out var channel) && channel.ValueEquals("heartbeat")));
    }

    /// <summary>Reads until the server has closed.</summary>
    public async Task DrainAsync()
    {
        while (await ReceiveBytesAsync() is not null)
        {
        }
    }

    /// <summary>Sends a close frame, or answers one, without waiting for the other side.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, patience.Token);
        }
    }

    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, string.Empty, patience.Token);
    }

    public void Dispose() => _socket.Dispose();

    private async Task AnswerCloseAsync()
    {
        try
        {
            await EndAsync();
        }
        catch (WebSocketException)
        {
            // After a violation the server does not wait for the answer.
        }
    }
}
