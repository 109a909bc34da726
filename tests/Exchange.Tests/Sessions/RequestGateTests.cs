using System;
using System.Net;
using LowLatencyQuoter.Exchange.Sessions;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Sessions;

internal sealed class RequestGateTests
{
    [Test]
    public void SoManyPassInAnyStretchOfTimeAndEachAddressHasItsOwn()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        var gate = new RequestGate(2, TimeSpan.FromSeconds(1), clock);
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.True);
        clock.Advance(TimeSpan.FromMilliseconds(600));
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.True);
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.False);
        Assert.That(gate.TryPass(IPAddress.IPv6Loopback), Is.True);
        clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.True, "the first one is a second ago");
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.False);
        clock.Advance(TimeSpan.FromMilliseconds(600));
        Assert.That(gate.TryPass(IPAddress.Loopback), Is.True);
    }
}
