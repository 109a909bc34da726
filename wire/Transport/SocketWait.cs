using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>
/// Lets one thread sleep until any of several sockets has bytes: poll(2) on Linux and macOS. Elsewhere it sleeps for a
/// millisecond and lets the caller look. Allocates nothing. Threads: one.
/// </summary>
public sealed unsafe partial class SocketWait : IDisposable
{
    private const short Readable = 0x0001;   // POLLIN, the same on both
    private static readonly bool HasPoll = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
    private readonly int _capacity;
    private PollEntry* _entries;
    private int _count;

    /// <summary>Takes the memory at once.</summary>
    /// <param name="capacity">Most sockets that are waited for at a time.</param>
    public SocketWait(int capacity)
    {
        _capacity = capacity;
        _entries = (PollEntry*)NativeMemory.AllocZeroed((nuint)Math.Max(1, capacity), (nuint)sizeof(PollEntry));
    }

    /// <summary>Frees the memory of one that nobody disposed.</summary>
    ~SocketWait() => Free();

    /// <summary>Forgets the sockets of the last wait.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a socket to the next wait. It has to stay open until the wait is over.</summary>
    /// <exception cref="InvalidOperationException">There are more than the capacity.</exception>
    public void Add(nint handle)
    {
        if (_count == _capacity)
        {
            throw new InvalidOperationException($"more than {_capacity} sockets are to be waited for");
        }

        _entries[_count++] = new PollEntry { Descriptor = (int)handle, Events = Readable };
    }

    /// <summary>
    /// Sleeps until a socket has bytes, has ended or has failed, or until the time is over; a signal to the process may
    /// end it too. The caller looks at all of them afterwards.
    /// </summary>
    /// <param name="millis">How long at most, 0 or more.</param>
    public void Wait(int millis)
    {
        if (HasPoll)
        {
            _ = Poll(_entries, (nuint)_count, millis);   // interrupted, or how many: the caller looks either way
        }
        else
        {
            Thread.Sleep(Math.Min(millis, 1));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollEntry* entries, nuint count, int millis);

    private void Free()
    {
        NativeMemory.Free(_entries);
        _entries = null;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
