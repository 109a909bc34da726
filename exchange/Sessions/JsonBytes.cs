using System;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>Encodes rare messages, where a fresh buffer does not matter.</summary>
internal static class JsonBytes
{
    /// <summary>The UTF-8 text of one JSON value.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var writer = new FrameWriter();
        write(writer.Begin());
        return writer.End();
    }
}
