using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Levels at any prices, for those that are outside of a ladder's window: sorted blocks of up to
/// <see cref="BlockLevels"/> levels under a sorted directory, everything from worst to best. A change moves at most one
/// block's levels, whatever the depth; the best end is a stack. Memory is native and grows by doubling. Neighbouring
/// blocks hold more than <see cref="MergeLevels"/> levels together, so that n levels take at most
/// n / 48 + 2 blocks of 2 KiB. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal unsafe struct SortedLevels<TSide>
    where TSide : struct, ISide
{
    /// <summary>Levels in a full block.</summary>
    public const int BlockLevels = 128;

    /// <summary>Two neighbours with this many levels or fewer become one block.</summary>
    public const int MergeLevels = 96;

    private const int InitialBlocks = 4;
    private LevelBlock* _directory;
    private Level* _pool;
    private int* _free;
    private int _blocks;
    private int _capacity;

    /// <summary>Count of levels.</summary>
    public int Count { get; private set; }

    /// <summary>Count of blocks; a cursor starts at the last.</summary>
    public readonly int Blocks => _blocks;

    /// <summary>The best level; there must be one.</summary>
    public readonly Level Best => At(_blocks - 1, _directory[_blocks - 1].Count - 1);

    /// <summary>Bytes of native memory that are held.</summary>
    public readonly long NativeBytes => (long)_capacity * BytesPerBlock;

    private static int BytesPerBlock => (BlockLevels * sizeof(Level)) + sizeof(LevelBlock) + sizeof(int);

    /// <summary>Upper bound of the memory for so many levels: about 86 bytes each at the worst filling.</summary>
    public static long MaxBytes(int levels) =>
        (long)Math.Max(InitialBlocks, 2 * ((2 * levels / MergeLevels) + 2)) * BytesPerBlock;

    /// <summary>Levels in a block of the directory.</summary>
    public readonly int CountOf(int block) => _directory[block].Count;

    /// <summary>A level by its block in the directory and its place in it, both counted from the worst.</summary>
    public readonly ref Level At(int block, int index) =>
        ref _pool[((long)_directory[block].Block * BlockLevels) + index];

    /// <summary>
    /// Sets the quantity at a price, 0 deletes; returns by how much that changed the count of levels.
    /// </summary>
    public int Set(long price, long quantity)
    {
        var block = Find(price, out var index, out var found);
        if (quantity == 0)
        {
            if (found)
            {
                RemoveAt(block, index);
            }

            return found ? -1 : 0;
        }

        if (found)
        {
            At(block, index).Quantity = quantity;
            return 0;
        }

        Insert(block, index, new Level(price, quantity));
        return 1;
    }

    /// <summary>The quantity at a price, 0 when there is no such level.</summary>
    public readonly long QuantityAt(long price)
    {
        var block = Find(price, out var index, out var found);
        return found ? At(block, index).Quantity : 0;
    }

    /// <summary>Adds a level that is better than all.</summary>
    public void Push(Level level)
    {
        var last = _blocks - 1;
        Insert(last, last < 0 ? 0 : _directory[last].Count, level);
    }

    /// <summary>Takes the best level out; there must be one.</summary>
    public void Pop()
    {
        ref var last = ref _directory[_blocks - 1];
        last.Count--;
        Count--;
        if (last.Count == 0)
        {
            RemoveBlock(_blocks - 1);
        }
    }

    /// <summary>Removes the worst levels.</summary>
    public void DropWorst(int count)
    {
        while (count > 0)
        {
            var levels = _directory[0].Count;
            if (levels > count)
            {
                for (var index = 0; index < count; index++)
                {
                    RemoveAt(0, 0);
                }

                return;
            }

            RemoveBlock(0);
            Count -= levels;
            count -= levels;
        }
    }

    /// <summary>Removes every level and keeps the memory.</summary>
    public void Clear()
    {
        while (_blocks != 0)
        {
            RemoveBlock(_blocks - 1);
        }

        Count = 0;
    }

    /// <summary>Multiplies every price and quantity; all products must fit.</summary>
    public readonly void Multiply(long pricePower, long quantityPower)
    {
        for (var block = 0; block < _blocks; block++)
        {
            _directory[block].Worst *= pricePower;
            for (var index = 0; index < _directory[block].Count; index++)
            {
                ref var level = ref At(block, index);
                level.Price *= pricePower;
                level.Quantity *= quantityPower;
            }
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree(_pool);
        NativeMemory.Free(_directory);
        NativeMemory.Free(_free);
        this = default;
    }

    /// <summary>The block and place of a price, or where it belongs; block -1 when there is none at all.</summary>
    private readonly int Find(long price, out int index, out bool found)
    {
        index = 0;
        found = false;
        if (_blocks == 0)
        {
            return -1;
        }

        var block = 0;
        for (var length = _blocks; length > 1;)   // the last block whose worst level is not better than the price
        {
            var half = length >> 1;
            block += TSide.Better(_directory[block + half].Worst, price) ? 0 : half;
            length -= half;
        }

        var levels = _pool + ((long)_directory[block].Block * BlockLevels);
        var count = _directory[block].Count;
        for (var length = count; length > 0;)   // how many levels are worse than the price
        {
            var half = (length + 1) >> 1;
            index += TSide.Better(price, levels[index + half - 1].Price) ? half : 0;
            length -= half;
        }

        found = index < count && levels[index].Price == price;
        return block;
    }

    private void Insert(int block, int index, Level level)
    {
        if (block < 0)
        {
            block = 0;
            AddBlock(0);
        }
        else if (_directory[block].Count == BlockLevels)
        {
            MakeRoom(ref block, ref index);
        }

        var levels = _pool + ((long)_directory[block].Block * BlockLevels);
        Move(levels + index, levels + index + 1, _directory[block].Count - index);
        levels[index] = level;
        _directory[block].Count++;
        _directory[block].Worst = levels[0].Price;
        Count++;
    }

    /// <summary>Opens a block beyond the ends, where sorted input arrives, or splits the full block.</summary>
    private void MakeRoom(ref int block, ref int index)
    {
        if (block == 0 && index == 0)
        {
            AddBlock(0);
            return;
        }

        AddBlock(block + 1);
        if (block + 2 == _blocks && index == BlockLevels)
        {
            block++;
            index = 0;
            return;
        }

        const int Half = BlockLevels / 2;
        fixed (Level* lower = &At(block, 0), upper = &At(block + 1, 0))
        {
            Move(lower + Half, upper, Half);
            _directory[block + 1].Worst = upper->Price;
        }

        _directory[block].Count = Half;
        _directory[block + 1].Count = Half;
        if (index > Half)
        {
            block++;
            index -= Half;
        }
    }

    private void RemoveAt(int block, int index)
    {
        var levels = _pool + ((long)_directory[block].Block * BlockLevels);
        var count = --_directory[block].Count;
        Count--;
        if (count == 0)
        {
            RemoveBlock(block);
            return;
        }

        Move(levels + index + 1, levels + index, count - index);
        _directory[block].Worst = levels[0].Price;
        if (block > 0 && _directory[block - 1].Count + count <= MergeLevels)
        {
            Merge(block - 1);
        }
        else if (block + 1 < _blocks && _directory[block + 1].Count + count <= MergeLevels)
        {
            Merge(block);
        }
    }

    /// <summary>Joins a block with the next better one.</summary>
    private void Merge(int block)
    {
        ref var worse = ref _directory[block];
        var better = _directory[block + 1];
        Move(
            _pool + ((long)better.Block * BlockLevels),
            _pool + ((long)worse.Block * BlockLevels) + worse.Count,
            better.Count);
        worse.Count += better.Count;
        RemoveBlock(block + 1);
    }

    private void AddBlock(int block)
    {
        if (_blocks == _capacity)
        {
            Grow();
        }

        Buffer.MemoryCopy(
            _directory + block,
            _directory + block + 1,
            (long)(_capacity - block - 1) * sizeof(LevelBlock),
            (long)(_blocks - block) * sizeof(LevelBlock));
        _directory[block] = new LevelBlock { Block = _free[_blocks] };
        _blocks++;
    }

    /// <summary>The free blocks are those of <c>_free</c> from the count of used ones on.</summary>
    private void RemoveBlock(int block)
    {
        _blocks--;
        _free[_blocks] = _directory[block].Block;
        Buffer.MemoryCopy(
            _directory + block + 1,
            _directory + block,
            (long)(_capacity - block) * sizeof(LevelBlock),
            (long)(_blocks - block) * sizeof(LevelBlock));
    }

    private static void Move(Level* from, Level* to, int count)
    {
        if (count > 0)
        {
            Buffer.MemoryCopy(from, to, (long)count * sizeof(Level), (long)count * sizeof(Level));
        }
    }

    /// <remarks>Compiled in full at once: it is called too seldom for that while the hot path warms up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Grow()
    {
        var capacity = Math.Max(InitialBlocks, _capacity * 2);
        _pool = (Level*)NativeMemory.AlignedRealloc(
            _pool, (nuint)capacity * BlockLevels * (nuint)sizeof(Level), 64);
        _directory = (LevelBlock*)NativeMemory.Realloc(_directory, (nuint)capacity * (nuint)sizeof(LevelBlock));
        _free = (int*)NativeMemory.Realloc(_free, (nuint)capacity * sizeof(int));
        for (var block = _capacity; block < capacity; block++)
        {
            _free[block] = block;
        }

        _capacity = capacity;
    }
}
