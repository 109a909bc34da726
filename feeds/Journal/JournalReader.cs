using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>
/// Reads a journal record by record. A record that is cut off at the end is what a killed process leaves: reading ends
/// before it, and <see cref="IsTruncated"/> says so. Anything else that is wrong is a
/// <see cref="JournalFormatException"/>. One thread.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private const int HeaderMax = 1 << 24;
    private readonly Stream _file;
    private readonly string _name;
    private readonly byte[] _record = new byte[JournalFormat.BodyMax];
    private DepthEvent _event;
    private long _offset;

    /// <summary>Opens a journal and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="JournalFormatException">It is no journal, or one of another version.</exception>
    public JournalReader(string path)
    {
        _name = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        try
        {
            Header = ReadHeader();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>What decides about books and quotes besides the events.</summary>
    public JournalHeader Header { get; }

    /// <summary>The books, in the order of their indexes.</summary>
    public IReadOnlyList<JournalBook> Books => Header.Books;

    /// <summary>Bytes read so far, and how many the file has.</summary>
    public (long Done, long Total) Progress => (_offset, _file.Length);

    /// <summary>True when a file begins as journals of any version do; false also when it cannot be read.</summary>
    public static bool IsJournal(string path)
    {
        Span<byte> start = stackalloc byte[JournalFormat.Magic.Length];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start[..^1].SequenceEqual(JournalFormat.Magic[..^1]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;   // whoever opens it says why
        }
    }

    /// <summary>What was read last.</summary>
    public JournalRecordKind Kind { get; private set; }

    /// <summary>Of an event: the lane it came through.</summary>
    public int Lane { get; private set; }

    /// <summary>The event, until the next one is read.</summary>
    public ref readonly DepthEvent Event => ref _event;

    /// <summary>Of a moment: when that was, on the engine's clock.</summary>
    public long Nanos { get; private set; }

    /// <summary>True when the file ended inside of a record.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="JournalFormatException">The record is damaged.</exception>
    public bool TryRead()
    {
        Kind = JournalRecordKind.None;
        Span<byte> prefix = stackalloc byte[JournalFormat.PrefixBytes];
        if (!TryFill(prefix))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length is 0 or > JournalFormat.BodyMax)
        {
            throw Damaged($"a record of {length} bytes");
        }

        var body = _record.AsSpan(0, (int)length);
        if (!TryFill(body))
        {
            IsTruncated = true;
            return false;
        }

        if (JournalFormat.Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(prefix[sizeof(uint)..]))
        {
            throw Damaged("the record's checksum is wrong");
        }

        Take(body);
        _offset += prefix.Length + body.Length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Take(ReadOnlySpan<byte> body)
    {
        switch ((JournalRecordKind)body[0])
        {
            case JournalRecordKind.Event:
                if (JournalFormat.ReadEvent(body, ref _event, out var lane) is { } wrong)
                {
                    throw Damaged(wrong);
                }

                if ((uint)_event.Book >= (uint)Books.Count)
                {
                    throw Damaged($"an event of book {_event.Book}, and the header names {Books.Count}");
                }

                Lane = lane;
                break;
            case JournalRecordKind.Time when body.Length == 1 + sizeof(long):
                Nanos = BinaryPrimitives.ReadInt64LittleEndian(body[1..]);
                break;
            default:
                throw Damaged($"a record of kind {body[0]} and {body.Length} bytes; written by a later version?");
        }

        Kind = (JournalRecordKind)body[0];
    }

    private JournalHeader ReadHeader()
    {
        Span<byte> magic = stackalloc byte[8];
        if (!TryFill(magic) || !magic.SequenceEqual(JournalFormat.Magic))
        {
            throw Damaged("this is no journal of version 2");
        }

        Span<byte> number = stackalloc byte[sizeof(uint)];
        if (!TryFill(number) || BinaryPrimitives.ReadUInt32LittleEndian(number) is not (<= HeaderMax and var length))
        {
            throw Damaged("the header is damaged");
        }

        var text = new byte[length];
        if (!TryFill(text) || !TryFill(number)
            || JournalFormat.Checksum(text) != BinaryPrimitives.ReadUInt32LittleEndian(number)
            || JournalHeader.Parse(Encoding.UTF8.GetString(text)) is not { } header)
        {
            throw Damaged("the list of books is damaged");
        }

        _offset = magic.Length + (2 * sizeof(uint)) + text.Length;
        return header;
    }

    /// <summary>False at the end of the file; that it lies inside of what was wanted is noted.</summary>
    private bool TryFill(Span<byte> target)
    {
        var count = _file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        IsTruncated |= count != 0 && count != target.Length;
        return count == target.Length;
    }

    private JournalFormatException Damaged(string wrong) => new(_name, _offset, wrong);
}
