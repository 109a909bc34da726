using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Grpc;

public sealed class MessagePrefixTests
{
    [TestCase(false, 0u, new byte[] { 0, 0, 0, 0, 0 })]
    [TestCase(true, 1u, new byte[] { 1, 0, 0, 0, 1 })]
    [TestCase(false, 0x01020304u, new byte[] { 0, 1, 2, 3, 4 })]
    [TestCase(true, uint.MaxValue, new byte[] { 1, 255, 255, 255, 255 })]
    public void IsOneFlagAndABigEndianLength(bool compressed, uint length, byte[] expected)
    {
        var bytes = new byte[MessagePrefix.Bytes];
        MessagePrefix.Write(bytes, compressed, length);
        Assert.That(bytes, Is.EqualTo(expected));
        Assert.That(MessagePrefix.TryRead(bytes, out var readCompressed, out var readLength), Is.True);
        Assert.That((readCompressed, readLength), Is.EqualTo((compressed, length)));
    }

    [Test]
    public void AnUnfinishedPrefixIsNotRead([Range(0, 4)] int length)
    {
        Assert.That(MessagePrefix.TryRead(new byte[length], out _, out _), Is.False);
    }

    [TestCase((byte)2)]
    [TestCase((byte)255)]
    public void AReservedFlagIsRefused(byte flag)
    {
        Assert.That(MessagePrefix.TryRead([flag, 0, 0, 0, 0], out _, out _), Is.False);
    }
}
