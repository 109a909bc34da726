using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>
/// One case of the public conformance suite's facts: what the server sends, which frames an echoing client has to
/// answer with, and how the connection ends.
/// </summary>
/// <param name="Id">The suite's numbering where the case is one of its; a letter after it tells variants apart.</param>
/// <param name="Sends">The server's bytes, one write each.</param>
/// <param name="Answers">The client's data frames and pongs, in order, as opcode and payload.</param>
/// <param name="CloseCode">The code in the client's close frame; 1005 for an empty one.</param>
/// <param name="Chop">Bytes per write, 0 to write each of <paramref name="Sends"/> in one piece.</param>
internal sealed record ConformanceCase(
    string Id,
    IReadOnlyList<byte[]> Sends,
    IReadOnlyList<(int OpCode, byte[] Payload)> Answers,
    int CloseCode,
    int Chop = 0)
{
    /// <summary>The server ends with a close frame of its own, which the client has to echo.</summary>
    public static ConformanceCase Normal(string id, byte[][] sends, params (int OpCode, byte[] Payload)[] answers) =>
        new(id, [.. sends, ServerFrames.Close(1000)], answers, 1000);

    /// <summary>The client has to fail the connection.</summary>
    public static ConformanceCase Fails(
        string id,
        int closeCode,
        byte[][] sends,
        params (int OpCode, byte[] Payload)[] answers) => new(id, sends, answers, closeCode);

    public ConformanceCase Chopped(int size, string suffix = "") => this with { Id = Id + suffix, Chop = size };

    public static (int OpCode, byte[] Payload) TextOf(string text) => (1, Encoding.UTF8.GetBytes(text));

    public static (int OpCode, byte[] Payload) TextOf(byte[] bytes) => (1, bytes);

    public static (int OpCode, byte[] Payload) Binary(byte[] bytes) => (2, bytes);

    public static (int OpCode, byte[] Payload) Pong(string text) => (10, Encoding.UTF8.GetBytes(text));

    public static (int OpCode, byte[] Payload) Pong(byte[] bytes) => (10, bytes);

    public override string ToString() => Id;

    public IEnumerable<string> ExpectedFrames() =>
        Answers.Select(answer => $"{answer.OpCode} {FedReader.Show(answer.Payload)}");
}
