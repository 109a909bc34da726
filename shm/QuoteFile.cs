using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// The file as its one writer has it: made under another name, filled, and then put in its place, so that nobody ever
/// sees half a header. Threads: made and disposed of by one; whoever writes quotes into it is one thread as well.
/// </summary>
internal sealed unsafe partial class QuoteFile : IDisposable
{
    /// <summary>Longest time between two heartbeats.</summary>
    public const int HeartbeatMillis = 100;

    private const int ZeroBytes = 1 << 16;
    private readonly MappedQuotes _mapped;

    private QuoteFile(MappedQuotes mapped)
    {
        _mapped = mapped;
        Shape = null!;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; private init; } = "";

    /// <summary>What it has room for.</summary>
    public QuoteFileShape Shape { get; private init; }

    /// <summary>The header.</summary>
    public FileHeader* Header => _mapped.Header;

    /// <summary>The instruments' entries.</summary>
    public InstrumentEntry* Entries => _mapped.Entry(0);

    /// <summary>The instruments' slots.</summary>
    public byte* Slots => _mapped.Start + Header->SlotsOffset;

    /// <summary>The ring's slots.</summary>
    public byte* Ring => _mapped.Start + Header->RingOffset;

    /// <summary>Makes the file and puts it in its place.</summary>
    /// <param name="path">Where.</param>
    /// <param name="shape">What it has room for.</param>
    /// <param name="groupRead">True to let the file's group read it.</param>
    /// <param name="nanos">The writer's clock now.</param>
    /// <param name="unixOffsetNanos">What is added to that clock for Unix time.</param>
    /// <exception cref="SharedFileTakenException">A living writer has the name, or a file of another kind.</exception>
    /// <exception cref="SharedFileException">It cannot be made there.</exception>
    public static QuoteFile Create(
        string path, QuoteFileShape shape, bool groupRead, long nanos, long unixOffsetNanos)
    {
        shape.Check();
        if (OperatingSystem.IsWindows())
        {
            throw new SharedFileException($"{path}: shared memory needs Linux or macOS");
        }

        var made = $"{path}.{Environment.ProcessId}.new";
        try
        {
            var before = QuoteFileClaim.Take(path);
            var epoch = Math.Max(nanos + unixOffsetNanos, before.GetValueOrDefault() + 1);
            File.Delete(made);   // of a process that had our number and died while it made one
            var file = Make(made, path, shape, groupRead, nanos, unixOffsetNanos, epoch);
            try
            {
                Place(made, path, before is not null);
                return file;
            }
            catch
            {
                file._mapped.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SharedFileException($"{path} cannot be made: {e.Message}", e);
        }
        finally
        {
            File.Delete(made);
        }
    }

    /// <summary>Says that this writer ended, and removes the file if it is still this one.</summary>
    public void Dispose()
    {
        var epoch = Header->Epoch;
        Volatile.Write(ref Header->State, (uint)WriterState.Closed);
        _mapped.Dispose();
        try
        {
            bool isOurs;
            using (var there = MappedQuotes.Open(Path, FileAccess.Read))
            {
                isOurs = there.Header->Epoch == epoch;
            }

            if (isOurs)
            {
                File.Delete(Path);
            }
        }
        catch (SharedFileException)
        {
            // Somebody else removed or replaced it: there is nothing of ours left.
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static QuoteFile Make(
        string made,
        string path,
        QuoteFileShape shape,
        bool groupRead,
        long nanos,
        long unixOffsetNanos,
        long epoch)
    {
        using var stream = new FileStream(made, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        Fill(stream, shape.FileBytes);
        if (groupRead)
        {
            File.SetUnixFileMode(
                stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var file = new QuoteFile(MappedQuotes.MapNew(path, stream)) { Path = path, Shape = shape };
        file.WriteHeader(nanos, unixOffsetNanos, epoch);
        return file;
    }

    /// <summary>Takes all of the space now: where it lacks, this fails, and not a store to a page later.</summary>
    private static void Fill(FileStream stream, long bytes)
    {
        var zeros = new byte[ZeroBytes];
        for (var left = bytes; left > 0; left -= ZeroBytes)
        {
            stream.Write(zeros, 0, (int)Math.Min(left, ZeroBytes));
        }

        stream.Flush();
    }

    /// <summary>In one step, so that of two that start at once only one has the name.</summary>
    private static void Place(string made, string path, bool replaces)
    {
        if (replaces)
        {
            File.Move(made, path, overwrite: true);   // the claim makes sure that nobody else does
        }
        else if (Link(made, path) != 0)
        {
            throw new SharedFileTakenException(
                $"{path} was made by another program just now ({Marshal.GetLastPInvokeErrorMessage()}): choose another "
                + "name with --shm");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    private void WriteHeader(long nanos, long unixOffsetNanos, long epoch)
    {
        var header = Header;
        header->Version = FileHeader.LayoutVersion;
        header->ByteOrder = FileHeader.ByteOrderMark;
        header->FileBytes = Shape.FileBytes;
        header->HeaderSize = FileHeader.HeaderBytes;
        header->State = (uint)WriterState.Alive;
        header->Epoch = epoch;
        header->WriterPid = Environment.ProcessId;
        header->WriterStart = ProcessStart.Of(Environment.ProcessId);
        header->UnixOffsetNanos = unixOffsetNanos;
        header->HeartbeatNanos = nanos;
        header->RingCursor = -1;
        header->Levels = Shape.Levels;
        header->Places = Shape.Places;
        header->Venues = Shape.Venues.Count;
        header->MembersMax = QuoteRecord.MembersMax;
        header->VenuesOffset = QuoteFileShape.VenuesOffset;
        header->VenueBytes = QuoteFileShape.VenueBytes;
        header->InstrumentBytes = InstrumentEntry.Bytes;
        header->InstrumentsOffset = Shape.InstrumentsOffset;
        header->SlotsOffset = Shape.SlotsOffset;
        header->SlotBytes = Shape.SlotBytes;
        header->RowsOffset = QuoteRecord.Bytes;
        header->RingOffset = Shape.RingOffset;
        header->RingSlots = Shape.RingSlots;
        header->RowBytes = QuoteFileShape.RowBytes;
        header->HeartbeatMillis = HeartbeatMillis;
        for (var venue = 0; venue < Shape.Venues.Count; venue++)
        {
            var entry = new Span<byte>(_mapped.Venue(venue), QuoteFileShape.VenueBytes);
            entry[0] = (byte)Encoding.ASCII.GetBytes(Shape.Venues[venue], entry[1..]);
        }

        Volatile.Write(ref header->Magic, FileHeader.MagicNumber);   // last: who sees it sees the rest
    }
}
