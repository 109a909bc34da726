using System.Buffers;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Turns a quote into one line of UTF-8.</summary>
internal interface IQuoteWriter
{
    /// <summary>Appends the line, with its line feed.</summary>
    void Write(Summary quote, IBufferWriter<byte> line);
}
