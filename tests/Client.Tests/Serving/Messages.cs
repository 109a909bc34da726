using System.Linq;
using Google.Protobuf;
using LowLatencyQuoter.Wire.Grpc;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>Quotes as they stand on the wire.</summary>
internal static class Messages
{
    /// <summary>The quotes one after the other, each behind its prefix.</summary>
    public static byte[] Of(params Summary[] quotes) => quotes.SelectMany(quote => Of(quote.ToByteArray())).ToArray();

    /// <summary>Any bytes behind a prefix.</summary>
    public static byte[] Of(byte[] message, bool compressed = false) =>
        [.. Prefix((uint)message.Length, compressed), .. message];

    /// <summary>A prefix alone.</summary>
    public static byte[] Prefix(uint length, bool compressed = false)
    {
        var prefix = new byte[MessagePrefix.Bytes];
        MessagePrefix.Write(prefix, compressed, length);
        return prefix;
    }
}
