namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What is known of a frame beside its bytes, so that an end of its own can be put to it.</summary>
internal struct EncodedFrame
{
    /// <summary>Bytes of the whole frame, prefix and end included.</summary>
    public int Length;

    /// <summary>Bytes of prefix and message without what closes it; <see cref="Length"/> when nothing does.</summary>
    public int BodyLength;

    /// <summary>Of a compressed frame: bytes of the message before it was compressed.</summary>
    public int PlainLength;

    /// <summary>Of a compressed frame: checksum of these bytes, to be continued.</summary>
    public Engine.Book.Crc32 Checksum;
}
