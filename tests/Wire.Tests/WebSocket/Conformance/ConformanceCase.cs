using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>
/// One case of the public conformance suite's facts: what the server sends, which frames an echoing client has to
/// answer with, and how the connection ends.
/// </summary>
/// <param name="Id">The suite's number. A case of our own has the number of its relatives and a letter.</param>
/// <param name="Sends">The server's bytes, one write each.</param>
/// <param name="Answers">The client's data frames and pongs, in order, as opcode and payload.</param>
/// <param name="CloseCode">The code in the client's close frame; 1005 for an empty one.</param>
/// <param name="Chop">Bytes per write, 0 to write each of <paramref name="Sends"/> in one piece.</param>
/// <param name="Alternates">Whether the server waits for one answer after each write that is to be answered.</param>
internal sealed record ConformanceCase(
    string Id,
    IReadOnlyList<byte[]> Sends,
    IReadOnlyList<(int OpCode, byte[] Payload)> Answers,
    int CloseCode,
    int Chop = 0,
    bool Alternates = false)
{
    public int Bytes => Sends.Sum(static bytes => bytes.Length);

    /// <summary>The server ends with a close frame of its own, which the client has to echo.</summary>
    public static ConformanceCase Normal(string id, byte[][] sends, params (int OpCode, byte[] Payload)[] answers) =>
        new(id, [.. sends, ServerFrames.Close(1000)], answers, 1000);

    /// <summary>The client has to fail the connection, or the server closes in a way of its own.</summary>
    public static ConformanceCase Ends(
        string id,
        int closeCode,
        byte[][] sends,
        params (int OpCode, byte[] Payload)[] answers) => new(id, sends, answers, closeCode);

    public ConformanceCase Chopped(int size) => this with { Chop = size };

    public ConformanceCase Alternating() => this with { Alternates = true };

    public static (int OpCode, byte[] Payload) TextOf(string text) => (1, Encoding.UTF8.GetBytes(text));

    public static (int OpCode, byte[] Payload) TextOf(byte[] bytes) => (1, bytes);

    public static (int OpCode, byte[] Payload) Binary(byte[] bytes) => (2, bytes);

    public static (int OpCode, byte[] Payload) Pong(string text) => (10, Encoding.UTF8.GetBytes(text));

    public static (int OpCode, byte[] Payload) Pong(byte[] bytes) => (10, bytes);

    public override string ToString() => Id;

    public IEnumerable<string> ExpectedFrames() =>
        Answers.Select(answer => $"{answer.OpCode} {FedReader.Show(answer.Payload)}");
}
