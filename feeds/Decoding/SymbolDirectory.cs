using System;
using System.Collections.Generic;
using System.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Finds the book of a venue's symbol without allocating: open addressing over the symbols' bytes. Filled before the
/// reader starts, then only read.
/// </summary>
[Engine.HotPath]
public sealed class SymbolDirectory
{
    private readonly byte[][] _symbols;
    private readonly int[] _books;
    private readonly int[] _all;
    private readonly int _mask;

    /// <summary>Takes the symbols of one venue with their books.</summary>
    public SymbolDirectory(IReadOnlyCollection<KeyValuePair<string, int>> symbols)
    {
        var size = 16;
        while (size < symbols.Count * 3)
        {
            size *= 2;
        }

        _symbols = new byte[size][];
        _books = new int[size];
        _mask = size - 1;
        Count = symbols.Count;
        _all = new int[symbols.Count];
        var next = 0;
        foreach (var (symbol, book) in symbols)
        {
            Add(Encoding.UTF8.GetBytes(symbol), book);
            _all[next++] = book;
        }
    }

    /// <summary>Count of the symbols.</summary>
    public int Count { get; }

    /// <summary>The books of all symbols.</summary>
    internal ReadOnlySpan<int> Books => _all;

    /// <summary>The book of the symbol; false when nobody asked for it.</summary>
    public bool TryFind(ReadOnlySpan<byte> symbol, out int book)
    {
        for (var at = Hash(symbol) & _mask; _symbols[at] is { } found; at = (at + 1) & _mask)
        {
            if (symbol.SequenceEqual(found))
            {
                book = _books[at];
                return true;
            }
        }

        book = -1;
        return false;
    }

    private void Add(byte[] symbol, int book)
    {
        var at = Hash(symbol) & _mask;
        while (_symbols[at] is not null)
        {
            at = (at + 1) & _mask;
        }

        _symbols[at] = symbol;
        _books[at] = book;
    }

    private static int Hash(ReadOnlySpan<byte> symbol)
    {
        var hash = 2166136261u;   // FNV-1a; symbols are short and come from a fixed set
        foreach (var value in symbol)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
