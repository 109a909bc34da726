using System;
using System.Text;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Grpc;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>Writes <c>quoter.v1.VenueBook</c>: name, state, age. Threads: any.</summary>
internal sealed class VenueBookWriter
{
    private const uint NameTag = 0x0A;
    private const uint StateTag = 0x10;
    private const uint AgeTag = 0x18;
    private const int NumbersBytesMax = 13;   // state and age with their tags
    private readonly byte[][] _names;

    /// <summary>Encodes the names of the venues once for all.</summary>
    public VenueBookWriter(BookTable table)
    {
        _names = Array.ConvertAll(table.Definitions, static book => EncodeName(book.Venue));
        foreach (var name in _names)
        {
            BytesMax = Math.Max(BytesMax, 1 + 5 + name.Length + NumbersBytesMax);
        }
    }

    /// <summary>Bytes of the longest one, with its tag.</summary>
    public int BytesMax { get; }

    /// <summary>Writes one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tag">Of the field it is in.</param>
    /// <param name="book">The book.</param>
    /// <param name="state">Its state.</param>
    /// <param name="ageNanos">Its age; negative: no message for it came yet.</param>
    [HotPath]
    public void Write(ref MessageWriter writer, uint tag, int book, BookState state, long ageNanos)
    {
        Span<byte> numbers = stackalloc byte[NumbersBytesMax];
        var rest = new MessageWriter(numbers);
        rest.Varint(StateTag, (ulong)state + 1);   // 0 is never sent
        if (ageNanos >= 0)
        {
            rest.Varint(AgeTag, (ulong)ageNanos);
        }

        var name = _names[book];
        writer.Raw(tag);
        writer.Raw((ulong)(name.Length + rest.Length));
        writer.Copy(name);
        writer.Copy(numbers[..rest.Length]);
    }

    private static byte[] EncodeName(string venue)
    {
        if (venue.Length == 0)
        {
            return [];
        }

        var name = Encoding.UTF8.GetBytes(venue);
        var field = new byte[6 + name.Length];
        var writer = new MessageWriter(field);
        writer.Bytes(NameTag, name);
        return field[..writer.Length];
    }
}
