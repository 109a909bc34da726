using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Access;

/// <summary>What one call has of its client's share, until the call is over. Threads: one at a time.</summary>
/// <param name="client">Whose call it is.</param>
/// <param name="shares">What clients have.</param>
/// <param name="gate">Counts refusals.</param>
internal sealed class ClientLease(string client, ClientShares shares, ClientGate gate)
{
    /// <summary>Instruments that were taken.</summary>
    public int Symbols { get; private set; }

    /// <summary>Takes instruments for the rest of the call.</summary>
    /// <exception cref="GrpcException">RESOURCE_EXHAUSTED: its client has as many as it may.</exception>
    public void TakeSymbols(int count)
    {
        if (!shares.TryTake(client, count))
        {
            throw new GrpcException(gate.Refuse(ClientRefusal.Symbols, client));
        }

        Symbols += count;
    }

    /// <summary>The status for a refusal says what is limited and which setting raises it.</summary>
    public static GrpcStatus StatusOf(ClientRefusal reason, ClientLimits limits) => reason switch
    {
        ClientRefusal.Token => new(
            StatusCode.Unauthenticated,
            "this server wants the metadata 'authorization: Bearer TOKEN' of a known client"),
        ClientRefusal.Streams => new(
            StatusCode.ResourceExhausted, $"a client may have {limits.Streams} calls at a time (clients.streams)"),
        ClientRefusal.Symbols => new(
            StatusCode.ResourceExhausted,
            $"a client may stream {limits.Symbols} instruments at a time (clients.symbols)"),
        ClientRefusal.Rate => new(
            StatusCode.ResourceExhausted,
            $"a client may begin {limits.CallsPerSecond} calls a second (clients.callsPerSecond)"),
        _ => new(StatusCode.ResourceExhausted, $"{ClientShares.ClientsMax} clients call at a time already"),
    };
}
