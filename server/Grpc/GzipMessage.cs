using System.IO;
using System.IO.Compression;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Single messages under <c>grpc-encoding: gzip</c>. Threads: any.</summary>
internal static class GzipMessage
{
    /// <summary>Unpacks a message.</summary>
    /// <param name="packed">What came.</param>
    /// <param name="bytesMax">Most bytes that it may have unpacked; no more than one beyond it is unpacked.</param>
    /// <exception cref="GrpcException">
    /// INTERNAL: it is no gzip; RESOURCE_EXHAUSTED: unpacked it is too large.
    /// </exception>
    public static byte[] Unpack(byte[] packed, int bytesMax)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var message = new MemoryStream();
            var buffer = new byte[4_096];
            for (var read = gzip.Read(buffer); read != 0; read = gzip.Read(buffer))
            {
                if (message.Length + read > bytesMax)
                {
                    throw new GrpcException(new GrpcStatus(
                        StatusCode.ResourceExhausted, $"unpacked the request has more than {bytesMax} bytes"));
                }

                message.Write(buffer, 0, read);
            }

            return packed.Length != 0
                ? message.ToArray()
                : throw new InvalidDataException("nothing at all is no gzip");
        }
        catch (InvalidDataException)
        {
            throw new GrpcException(new GrpcStatus(
                StatusCode.Internal, "the message is flagged as compressed and is not valid gzip"));
        }
    }

    /// <summary>Packs a message.</summary>
    public static byte[] Pack(byte[] message)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        return packed.ToArray();
    }
}
