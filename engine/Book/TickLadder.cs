using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A window of <see cref="Slots"/> evenly spaced prices with a quantity each; slot 0 is the best price. Two layers of
/// bits tell which slots hold a level, so that a change is a few stores without a search or a branch, and the next
/// level
/// is found by counting zeros. A quantity is only read where its bit is set: emptying the window clears the bits alone.
/// Memory is native, <see cref="Bytes"/> from the first opening on. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal unsafe struct TickLadder<TSide>
    where TSide : struct, ISide
{
    /// <summary>Prices in the window.</summary>
    public const int Slots = 1 << 15;

    /// <summary>Words of the lower layer of bits, a bit a slot.</summary>
    public const int Words = Slots / 64;

    /// <summary>The widest spacing; the whole window then spans 2^61.</summary>
    public const ulong MaxSpacing = 1UL << 46;

    /// <summary>Size of the memory: 264 KiB.</summary>
    public const int Bytes = ((Summaries + Words) * sizeof(ulong)) + (Slots * sizeof(long)) + (Colors * Line);

    private const int Summaries = Words / 64;
    private const int Line = 64;
    private const int Colors = 64;   // lines of a page, and sets of a first-level cache
    private const int ColorStep = 7;
    private static int _colors;
    private byte* _memory;
    private ulong* _summaries;
    private ulong* _words;
    private long* _quantities;
    private TickSpacing _spacing;
    private long _top;
    private uint _open;

    /// <summary>Count of levels.</summary>
    public int Count { get; private set; }

    /// <summary>True when the window stands somewhere.</summary>
    public readonly bool IsOpen => _open != 0;

    /// <summary>Price of slot 0.</summary>
    public readonly long Top => _top;

    /// <summary>Distance from one slot to the next.</summary>
    public readonly ulong Spacing => _spacing.Ticks;

    /// <summary>Bytes of native memory that are held.</summary>
    public readonly long NativeBytes => _summaries == null ? 0 : Bytes;

    /// <summary>Places the empty window.</summary>
    public void Open(long top, TickSpacing spacing)
    {
        if (_summaries == null)
        {
            _memory = (byte*)NativeMemory.AlignedAlloc(Bytes, Line);
            _summaries = (ulong*)(_memory + (NextColor() * Line));
            _words = _summaries + Summaries;
            _quantities = (long*)(_words + Words);
            Close();
        }

        _top = top;
        _spacing = spacing;
        _open = Slots;
    }

    /// <summary>Removes every level and the window: no price has a slot until it is opened again.</summary>
    public void Close()
    {
        if (_summaries != null)
        {
            NativeMemory.Clear(_summaries, (Summaries + Words) * sizeof(ulong));
        }

        _open = 0;
        Count = 0;
    }

    /// <summary>The slot of a price; false when it is outside of the window or between two slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryFind(long price, out int slot)
    {
        var quotient = _spacing.Quotient(TSide.Distance(price, _top));
        slot = (int)quotient;
        return quotient < _open;
    }

    /// <summary>
    /// True when a price that is not better than the top is within the window, in a slot or between two.
    /// </summary>
    public readonly bool Spans(long price) => TSide.Distance(price, _top) < _open * _spacing.Ticks;

    /// <summary>Sets the quantity of a slot, 0 deletes; returns by how much that changed the count of levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Set(int slot, long quantity)
    {
        var word = slot >> 6;
        var bits = _words[word];
        var before = (bits >> slot) & 1;
        var after = quantity != 0 ? 1UL : 0UL;
        bits ^= (before ^ after) << slot;   // no branch: whether a level comes or goes cannot be predicted
        _words[word] = bits;
        _quantities[slot] = quantity;
        ref var summary = ref _summaries[word >> 6];
        summary = (summary & ~(1UL << word)) | ((bits != 0 ? 1UL : 0UL) << word);
        var change = (int)after - (int)before;
        Count += change;
        return change;
    }

    /// <summary>The quantity of a slot, 0 when it is empty.</summary>
    public readonly long QuantityAt(int slot) => ((_words[slot >> 6] >> slot) & 1) != 0 ? _quantities[slot] : 0;

    /// <summary>The price of a slot.</summary>
    public readonly long PriceOf(int slot) => TSide.Worse(_top, (uint)slot * _spacing.Ticks);

    /// <summary>The quantity of an occupied slot.</summary>
    public readonly long QuantityOf(int slot) => _quantities[slot];

    /// <summary>The level of an occupied slot.</summary>
    public readonly Level LevelAt(int slot) => new(PriceOf(slot), QuantityOf(slot));

    /// <summary>The bits of 64 slots.</summary>
    public readonly ulong BitsOf(int word) => _words[word];

    /// <summary>
    /// The first word from <paramref name="word"/> on with a level; <see cref="Words"/> when there is none.
    /// </summary>
    public readonly int NextWord(int word)
    {
        var at = word >> 6;
        if (at >= Summaries)
        {
            return Words;
        }

        var bits = _summaries[at] & (ulong.MaxValue << word);
        while (bits == 0)
        {
            if (++at == Summaries)
            {
                return Words;
            }

            bits = _summaries[at];
        }

        return (at << 6) + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The slot of the best level; there must be one.</summary>
    public readonly int FirstSlot()
    {
        var word = NextWord(0);
        return (word << 6) + BitOperations.TrailingZeroCount(_words[word]);
    }

    /// <summary>The slot of the worst level; there must be one.</summary>
    public readonly int LastSlot()
    {
        var at = Summaries - 1;
        while (_summaries[at] == 0)
        {
            at--;
        }

        var word = (at << 6) + 63 - BitOperations.LeadingZeroCount(_summaries[at]);
        return (word << 6) + 63 - BitOperations.LeadingZeroCount(_words[word]);
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree(_memory);
        this = default;
    }

    /// <summary>
    /// Where in its page a ladder begins. The allocator lays all of them alike, and the touch is in the middle of each:
    /// unless they are shifted against each other, the lines that the venues' books are read from share a few sets of
    /// the cache and drive each other out.
    /// </summary>
    private static int NextColor() => (int)((uint)Interlocked.Add(ref _colors, ColorStep) % Colors);
}
