using System;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace LowLatencyQuoter.Wire.Transport;

/// <content>How long the way to the peer and back takes, as the system has measured it.</content>
public sealed partial class StreamSocket
{
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int LeastRoundTripAt = 148;   // tcpi_min_rtt, microseconds

    /// <summary>
    /// The least round trip that the system has seen on this connection, in nanoseconds; 0 where it does not tell
    /// (other systems than Linux) or has none yet. One call of the system; not for the hot path.
    /// </summary>
    public long LeastRoundTripNanos
    {
        get
        {
            if (!OperatingSystem.IsLinux() || _disposed)
            {
                return 0;
            }

            Span<byte> facts = stackalloc byte[256];
            try
            {
                var length = _socket.GetRawSocketOption(ProtocolTcp, TcpInfo, facts);
                if (length < LeastRoundTripAt + sizeof(uint))
                {
                    return 0;
                }

                var micros = BinaryPrimitives.ReadUInt32LittleEndian(facts[LeastRoundTripAt..]);
                return micros == uint.MaxValue ? 0 : micros * 1_000L;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return 0;   // the connection has ended, or the kernel is older than the option
            }
        }
    }
}
