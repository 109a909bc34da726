using System;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// Server-sent events on their way to one client, written one behind the other into memory that is used again.
/// <code>
/// event: NAME
/// id: ID
/// data: {"json":"on one line"}
/// (an empty line)
/// </code>
/// Threads: one at a time.
/// </summary>
internal sealed class EventBuffer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private readonly Utf8JsonWriter _json;

    /// <summary>An empty buffer.</summary>
    public EventBuffer() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Tells the client how long to wait before it connects again.</summary>
    public void Retry(TimeSpan delay) =>
        Write($"retry: {Text.Number((long)delay.TotalMilliseconds)}\n\n");

    /// <summary>Begins an event; write one JSON object to the result, then call <see cref="End"/>.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="id">What the client states when it connects again; null: what it stated before.</param>
    public Utf8JsonWriter Begin(string name, string? id = null)
    {
        Write($"event: {name}\n");
        if (id is not null)
        {
            Write($"id: {id}\n");
        }

        Write("data: ");
        _json.Reset(_bytes);
        return _json;
    }

    /// <summary>Ends the event begun last.</summary>
    public void End()
    {
        _json.Flush();
        Write("\n\n");
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Gives the writer back.</summary>
    public void Dispose() => _json.Dispose();

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _bytes);
}
