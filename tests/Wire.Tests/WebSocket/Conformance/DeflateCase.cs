using System;
using LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>One case of groups 12 and 13: a series of compressed messages, each echoed before the next.</summary>
/// <param name="Id">The suite's number.</param>
/// <param name="Payloads">Makes what is sent.</param>
/// <param name="MessageBytes">The size of a message before it is compressed.</param>
/// <param name="FragmentBytes">Bytes per frame of a compressed message; 0 for one frame.</param>
/// <param name="Offer">What the client offers.</param>
/// <param name="Answer">The parameters that the server answers with.</param>
/// <param name="Terms">What they mean.</param>
internal sealed record DeflateCase(
    string Id,
    Func<TestPayloads> Payloads,
    int MessageBytes,
    int FragmentBytes,
    DeflateOptions Offer,
    string Answer,
    DeflateTerms Terms)
{
    public int Messages => ConformanceScale.Count(1000, 16 * MessageBytes);

    public override string ToString() => Id;
}
