using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Wire.WebSocket.Upgrade;

/// <summary>
/// Sends the request, takes in the answer within limits of time and size, leaves what follows it to the reader.
/// </summary>
internal static class UpgradeHandshake
{
    public static WebSocketFault Run(
        StreamSocket socket,
        MessageReader reader,
        WebSocketOptions options,
        out DeflateTerms? terms)
    {
        terms = null;
        var key = UpgradeKey.New();
        var extensions = options.Deflate is { } deflate ? DeflateNegotiation.Offer(deflate) : "";
        if (!socket.TrySend(UpgradeRequest.Format(options.Endpoint, key, options.Headers, extensions)))
        {
            return Interrupted(socket.Fault);
        }

        socket.LimitReceive(options.UpgradeLimit);
        var scanned = 0;
        var cap = options.Limits.MaxHeaderBytes;
        while (true)
        {
            var count = socket.Receive(reader.Room());
            if (count == 0)
            {
                return Interrupted(socket.Fault);
            }

            reader.Commit(count);
            var head = UpgradeResponse.HeadBytes(reader.Unread, ref scanned);
            if (head > cap || (head == 0 && reader.Unread.Length >= cap))
            {
                return new(WebSocketFaultCode.UpgradeHeaderTooLarge, $"the answer's head is longer than {cap} bytes");
            }

            if (head > 0)
            {
                socket.LiftReceiveLimit();
                var fault = UpgradeResponse.Check(
                    reader.Unread[..head], key.Accept(), options.Deflate, out terms);
                reader.Skip(head);
                return fault;
            }

            if (!UpgradeResponse.MayBecomeAnswer(reader.Unread))
            {
                return new(WebSocketFaultCode.UpgradeMalformed, "the answer is not HTTP/1.1 with CRLF line ends");
            }
        }
    }

    private static WebSocketFault Interrupted(TransportFault fault) => fault.Code switch
    {
        TransportFaultCode.ReceiveTimedOut =>
            new(WebSocketFaultCode.UpgradeTimedOut, "no whole answer to the upgrade within the limit"),
        TransportFaultCode.PeerClosed =>
            new(WebSocketFaultCode.UpgradePeerClosed, "the peer ended the stream before its answer to the upgrade"),
        _ => new((WebSocketFaultCode)fault.Code, fault.Text),
    };
}
