using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>
/// The client echoes what a scripted server sends, over real sockets, one connection per case: groups 1 to 7, 9 and 10
/// of the public suite.
/// </summary>
[Category(Categories.Loopback)]
public sealed partial class ConformanceTests
{
    /// <summary>Up to this size a case also runs byte by byte, and cut at each of its bytes.</summary>
    private const int CheapBytes = 700;

    private static IEnumerable<TestCaseData> Cases() =>
        ConformanceTable.All().Select(test => new TestCaseData(test).SetArgDisplayNames(test.Id));

    private static IEnumerable<TestCaseData> CheapCases() =>
        from test in ConformanceTable.All()
        where test.Bytes <= CheapBytes
        select new TestCaseData(test).SetArgDisplayNames(test.Id);

    private static IEnumerable<TestCaseData> CheapCasesInPieces() =>
        from test in ConformanceTable.All()
        where test.Bytes <= CheapBytes && test.Chop != 1
        select new TestCaseData(test.Chopped(1)).SetArgDisplayNames(test.Id);

    [TestCaseSource(nameof(Cases))]
    public void CaseIsAnsweredAsTheRfcSays(object subject) => Judge((ConformanceCase)subject);

    [TestCaseSource(nameof(Cases))]
    public void CaseIsAnsweredTheSameByAReaderThatPolls(object subject) =>
        Judge((ConformanceCase)subject, LoopbackClient.EchoPolling);

    [TestCaseSource(nameof(CheapCasesInPieces))]
    public void CaseIsAnsweredTheSameByteByByte(object subject) => Judge((ConformanceCase)subject);

    [TestCaseSource(nameof(CheapCases))]
    public void CaseIsReadTheSameWhereverItIsCut(object subject)
    {
        var stream = ServerFrames.Join([.. ((ConformanceCase)subject).Sends]);
        var expected = FedReader.ReadAll(stream, Math.Max(1, stream.Length));

        for (var cut = 1; cut < stream.Length; cut++)
        {
            var fed = new FedReader();
            fed.Feed(stream.AsSpan(0, cut));
            fed.Feed(stream.AsSpan(cut));
            Assert.That(fed.Found, Is.EqualTo(expected), $"cut at {cut}");
        }
    }

    [TestCase("1", 16)]
    [TestCase("2", 11)]
    [TestCase("3", 7)]
    [TestCase("4", 10)]
    [TestCase("5", 20)]
    [TestCase("6", 145)]
    [TestCase("7", 37)]
    [TestCase("9", 54)]
    [TestCase("10", 1)]
    public void TableHasEachCaseOfTheSuiteOnce(string group, int cases)
    {
        var ids = ConformanceTable.All()
            .Select(static test => test.Id)
            .Where(id => id.StartsWith($"{group}.", StringComparison.Ordinal) && SuiteNumber().IsMatch(id))
            .ToArray();

        Assert.That(ids, Has.Length.EqualTo(cases).And.Unique);
    }

    private static void Judge(ConformanceCase test, Func<WebSocketConnection, ReadOutcome>? echo = null)
    {
        var answers = new List<PeerFrame>();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            foreach (var bytes in test.Sends)
            {
                stream.SendChopped(bytes, test.Chop == 0 ? int.MaxValue : test.Chop);
                if (test.Alternates && answers.Count < test.Answers.Count)
                {
                    answers.Add(stream.ReadFrame()!);
                }
            }

            while (stream.ReadFrame() is { } frame)
            {
                answers.Add(frame);
            }
        });

        // the most fragments that the suite sends, 4 MiB of 64 bytes each
        var limits = new WebSocketLimits { MaxFragments = 64 * 1024 };
        WebSocketFault fault;
        using (var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with { Limits = limits }))
        {
            (echo ?? LoopbackClient.Echo)(connection);
            fault = connection.Fault;
            connection.Close(CloseCode.Normal);   // takes in what the peer still sends, so that nothing is reset
        }

        peer.Dispose();
        Assert.That(answers.Select(frame => frame.IsMasked), Is.All.True);
        Assert.That(
            answers.SkipLast(1).Select(frame => $"{frame.OpCode} {FedReader.Show(frame.Payload)}"),
            Is.EqualTo(test.ExpectedFrames()));
        Assert.That(answers[^1].OpCode, Is.EqualTo(8), "the last frame is a close frame");
        Assert.That(answers[^1].CloseCode, Is.EqualTo(test.CloseCode));
        Assert.That((int)fault.CloseCode, Is.EqualTo(test.CloseCode), fault.ToString());
    }

    [GeneratedRegex(@"^\d+(\.\d+)+$")]
    private static partial Regex SuiteNumber();
}
