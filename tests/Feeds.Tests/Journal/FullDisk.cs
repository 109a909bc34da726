using System.IO;

namespace LowLatencyQuoter.Feeds.Tests.Journal;

/// <summary>Takes so many bytes and then no more.</summary>
internal sealed class FullDisk(int room) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Length + count > room)
        {
            throw new IOException("disk full");
        }

        base.Write(buffer, offset, count);
    }
}
