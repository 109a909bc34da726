using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>The client echoes what a scripted server sends, over real sockets, one connection per case.</summary>
[Category(Categories.Loopback)]
public sealed class ConformanceTests
{
    private static IEnumerable<TestCaseData> Cases() =>
        ConformanceCases.All().Select(test => new TestCaseData(test).SetArgDisplayNames(test.Id));

    [TestCaseSource(nameof(Cases))]
    public void CaseIsAnsweredAsTheRfcSays(object subject)
    {
        var test = (ConformanceCase)subject;
        var answers = new List<PeerFrame>();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            foreach (var bytes in test.Sends)
            {
                stream.SendChopped(bytes, test.Chop == 0 ? int.MaxValue : test.Chop);
            }

            while (stream.ReadFrame() is { } frame)
            {
                answers.Add(frame);
                if (frame.OpCode == 8)
                {
                    break;
                }
            }
        });

        WebSocketFault fault;
        using (var connection = LoopbackClient.Open(peer))
        {
            LoopbackClient.Echo(connection);
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
}
