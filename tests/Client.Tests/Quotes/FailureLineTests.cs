using System;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Quotes;

/// <summary>The one line a user sees when it did not work.</summary>
public sealed class FailureLineTests
{
    private static readonly QuoteStreamException Refused =
        QuoteStreamException.Unreachable("connection refused", new InvalidOperationException());

    [TestCase("127.0.0.1", 50052, "cannot reach 127.0.0.1:50052: connection refused; "
        + "start it with dotnet run -c Release --project server, or name another with --port")]
    [TestCase("::1", 6000, "cannot reach [::1]:6000: connection refused; "
        + "start it with dotnet run -c Release --project server -- --port 6000, or name another with --port")]
    [TestCase("quotes.example", 50052, "cannot reach quotes.example:50052: connection refused; "
        + "check that a quoter listens there, or name another with --host and --port")]
    public void AnUnreachableServerIsNamedWithWhatToDo(string host, int port, string expected) =>
        Assert.That(FailureLine.Of(Refused, new ServerAddress(host, port)), Is.EqualTo(expected));

    [TestCase(StatusCode.Unavailable, true, "UNAVAILABLE from h:1: why; see whether the server still runs, "
        + "or keep trying with --reconnect")]
    [TestCase(StatusCode.DeadlineExceeded, false, "DEADLINE_EXCEEDED from h:1: why; allow more time with --timeout")]
    [TestCase(StatusCode.Unimplemented, false, "UNIMPLEMENTED from h:1: why; "
        + "name the gRPC port of a quoter with --port")]
    [TestCase(StatusCode.Internal, false, "INTERNAL from h:1: why; the server's log says more")]
    public void AStatusIsNamedAsGrpcDoesWithWhatToDo(StatusCode status, bool transient, string expected) =>
        Assert.That(
            FailureLine.Of(new QuoteStreamException(status, "why", transient), new ServerAddress("h", 1)),
            Is.EqualTo(expected));
}
