using System;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// What a venue that numbers its channels has said on one socket: which number stands for which book, and what its
/// frames end with. Threads: one reader's.
/// </summary>
[Engine.HotPath]
internal sealed class SocketChannels
{
    /// <summary>Channels at most; no venue lets one socket have so many.</summary>
    public const int Max = 256;

    private readonly long[] _channels = new long[Max];
    private readonly int[] _books = new int[Max];
    private readonly bool[] _isServed = new bool[Max];
    private int _count;

    /// <summary>What the venue confirmed that it will do on this socket, in its own bits.</summary>
    public long Flags { get; set; }

    /// <summary>Where a channel stands; false when it was never told, or is none of a book.</summary>
    public bool TryFind(long channel, out int index)
    {
        index = _channels.AsSpan(0, _count).IndexOf(channel);
        return index >= 0;
    }

    /// <summary>The book of a channel.</summary>
    public int BookAt(int index) => _books[index];

    /// <summary>True when the channel's snapshot has come.</summary>
    public bool IsServedAt(int index) => _isServed[index];

    /// <summary>The channel's snapshot has come.</summary>
    public void NoteServed(int index) => _isServed[index] = true;

    /// <summary>
    /// A frame of a book, or of any, was lost: it may have been the snapshot, and what comes next must not be taken for
    /// one.
    /// </summary>
    public void NoteLost(int book)
    {
        for (var index = 0; index < _count; index++)
        {
            _isServed[index] |= book == FrameOutcome.AllBooks || _books[index] == book;
        }
    }

    /// <summary>The number of a book's channel; 0 when it has none.</summary>
    public long ChannelOf(int book)
    {
        var index = _books.AsSpan(0, _count).IndexOf(book);
        return index < 0 ? 0 : _channels[index];
    }

    /// <summary>
    /// A book has a new channel; what it had before, and what the number stood for, is forgotten. False when there are
    /// too many.
    /// </summary>
    public bool TryAdd(long channel, int book)
    {
        if (TryFind(channel, out var index))
        {
            Remove(index);
        }

        index = _books.AsSpan(0, _count).IndexOf(book);
        if (index >= 0)
        {
            Remove(index);
        }

        if (_count == Max)
        {
            return false;
        }

        _channels[_count] = channel;
        _books[_count] = book;
        _isServed[_count++] = false;
        return true;
    }

    /// <summary>The channel is gone.</summary>
    public void Remove(int index)
    {
        _count--;
        _channels[index] = _channels[_count];
        _books[index] = _books[_count];
        _isServed[index] = _isServed[_count];
    }

    /// <summary>The book is served no more; frames of its channel are nobody's.</summary>
    public void RemoveBook(int book)
    {
        var index = _books.AsSpan(0, _count).IndexOf(book);
        if (index >= 0)
        {
            Remove(index);
        }
    }

    /// <summary>A new socket, on which nothing was said yet.</summary>
    public void Clear()
    {
        _count = 0;
        Flags = 0;
    }
}
