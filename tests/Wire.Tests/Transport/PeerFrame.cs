using System.Buffers.Binary;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.Transport;

/// <summary>A frame as the peer read it.</summary>
internal sealed record PeerFrame(byte First, bool IsMasked, byte[] Payload)
{
    public int OpCode => First & 0x0F;

    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>The code of a close frame; 1005 where it has none.</summary>
    public int CloseCode => Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : 1005;
}
