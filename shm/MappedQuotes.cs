using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// A file of quotes in the address space, proven to be one: every place and offset that its header names lies within.
/// Threads: any; disposal by one, when nobody reads any more.
/// </summary>
internal sealed unsafe class MappedQuotes : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private bool _disposed;

    private MappedQuotes(string path, MemoryMappedFile file, MemoryMappedViewAccessor view)
    {
        Path = path;
        _file = file;
        _view = view;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Address of the first byte.</summary>
    public byte* Start { get; }

    /// <summary>The header.</summary>
    public FileHeader* Header => (FileHeader*)Start;

    /// <summary>Maps a file.</summary>
    /// <exception cref="SharedFileException">
    /// There is none, or it is no whole file of quotes of this version.
    /// </exception>
    public static MappedQuotes Open(string path, FileAccess access)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Map(path, stream, access == FileAccess.Read);
        }
        catch (FileNotFoundException e)
        {
            throw new SharedFileException(
                $"there is no {path}: start a server with --shm, or correct the name", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SharedFileException(
                $"{path} cannot be read: {e.Message} (the file is its owner's alone unless shm.groupRead is set)", e);
        }
    }

    /// <summary>Maps a file that was just made, to fill it.</summary>
    public static MappedQuotes MapNew(string path, FileStream stream) => MapWhole(path, stream, false);

    /// <summary>Address of the directory's entry of a place.</summary>
    public InstrumentEntry* Entry(int place) =>
        (InstrumentEntry*)(Start + Header->InstrumentsOffset + ((long)place * InstrumentEntry.Bytes));

    /// <summary>Address of the name of a venue, its length first.</summary>
    public byte* Venue(int venue) => Start + Header->VenuesOffset + ((long)venue * QuoteFileShape.VenueBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }

    private static MappedQuotes Map(string path, FileStream stream, bool readOnly)
    {
        if (stream.Length < FileHeader.HeaderBytes)
        {
            throw NoQuotes(path, $"it has {stream.Length} bytes, fewer than a header");
        }

        if (stream.Length > QuoteFileShape.FileBytesMax)
        {
            throw NoQuotes(path, $"it has {stream.Length} bytes, more than any such file");
        }

        var mapped = MapWhole(path, stream, readOnly);
        if (Fault(mapped.Header, stream.Length) is { } fault)
        {
            mapped.Dispose();
            throw NoQuotes(path, fault);
        }

        return mapped;
    }

    private static MappedQuotes MapWhole(string path, FileStream stream, bool readOnly)
    {
        var access = readOnly ? MemoryMappedFileAccess.Read : MemoryMappedFileAccess.ReadWrite;
        var file = MemoryMappedFile.CreateFromFile(
            stream, null, stream.Length, access, HandleInheritability.None, leaveOpen: true);
        return new MappedQuotes(path, file, file.CreateViewAccessor(0, stream.Length, access));
    }

    private static SharedFileException NoQuotes(string path, string fault) =>
        new($"{path} is no file of quotes that this program reads: {fault}");

    /// <summary>What is wrong with a header, or null.</summary>
    private static string? Fault(FileHeader* header, long length)
    {
        if (header->Magic != FileHeader.MagicNumber)
        {
            return "it does not begin with LLQUOTES";
        }

        if (header->ByteOrder != FileHeader.ByteOrderMark)
        {
            return "it was written on a machine with the other byte order";
        }

        if (header->Version != FileHeader.LayoutVersion)
        {
            return $"its layout has version {header->Version}, and this program knows {FileHeader.LayoutVersion}";
        }

        if (header->FileBytes != length)
        {
            return $"it should have {header->FileBytes} bytes and has {length}";
        }

        return IsWithin(header) ? null : "its header names parts that do not lie in it";
    }

    private static bool IsWithin(FileHeader* header)
    {
        if (header->Levels is < 1 or > 1_000 || header->Places is < 1 or > 65_536 || header->Venues is < 1 or > 256
            || header->MembersMax != QuoteRecord.MembersMax || header->VenueBytes != QuoteFileShape.VenueBytes
            || header->InstrumentBytes != InstrumentEntry.Bytes || header->RowsOffset != QuoteRecord.Bytes
            || header->RowBytes != QuoteFileShape.RowBytes || header->RingSlots < 2
            || header->RingSlots > QuoteFileShape.FileBytesMax || (header->RingSlots & (header->RingSlots - 1)) != 0
            || header->SlotBytes < QuoteRecord.Bytes + (2 * header->Levels * QuoteFileShape.RowBytes)
            || header->SlotBytes % 64 != 0 || header->SlotBytes > 1 << 20)
        {
            return false;
        }

        return Holds(header, header->VenuesOffset, header->Venues, QuoteFileShape.VenueBytes)
            && Holds(header, header->InstrumentsOffset, header->Places, InstrumentEntry.Bytes)
            && Holds(header, header->SlotsOffset, header->Places, header->SlotBytes)
            && Holds(header, header->RingOffset, header->RingSlots, header->SlotBytes);
    }

    private static bool Holds(FileHeader* header, long offset, long count, int bytes) =>
        offset >= FileHeader.HeaderBytes && offset % 8 == 0 && offset <= header->FileBytes
        && count <= (header->FileBytes - offset) / bytes;
}
