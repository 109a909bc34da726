using System;
using System.IO;
using System.Threading;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// Settles who may take a name: nobody from a living writer, one of several from a dead one, and nobody from a file of
/// another kind.
/// </summary>
internal static unsafe class QuoteFileClaim
{
    private const int LooksAtHeartbeat = 10;
    private const int LookMillis = 50;

    /// <summary>
    /// Claims what a dead writer left, and tells its readers. Returns its epoch; null when the name is free.
    /// </summary>
    /// <exception cref="SharedFileTakenException">The name is somebody's.</exception>
    public static long? Take(string path)
    {
        if (!File.Exists(path))
        {
            return Directory.Exists(path)
                ? throw new SharedFileTakenException($"{path} is a folder: choose another name with --shm")
                : null;
        }

        using var old = OpenOld(path);
        RefuseLiving(old);
        var claimed = Volatile.Read(ref old.Header->SuccessorPid);
        if ((claimed != 0 && ProcessStart.Of(claimed) != 0)
            || Interlocked.CompareExchange(ref old.Header->SuccessorPid, Environment.ProcessId, claimed) != claimed)
        {
            throw new SharedFileTakenException(
                $"{path} is being taken over by process {Volatile.Read(ref old.Header->SuccessorPid)}: choose another "
                + "name with --shm");
        }

        Volatile.Write(ref old.Header->State, (uint)WriterState.Superseded);
        return old.Header->Epoch;
    }

    private static MappedQuotes OpenOld(string path)
    {
        try
        {
            return MappedQuotes.Open(path, FileAccess.ReadWrite);
        }
        catch (SharedFileException e)
        {
            throw new SharedFileTakenException($"{e.Message}; remove it, or choose another name with --shm");
        }
    }

    private static void RefuseLiving(MappedQuotes old)
    {
        var state = (WriterState)Volatile.Read(ref old.Header->State);
        if (state == WriterState.Closed)
        {
            return;
        }

        var (pid, start) = (old.Header->WriterPid, old.Header->WriterStart);
        if (ProcessStart.Of(pid) == start)
        {
            throw new SharedFileTakenException(
                $"{old.Path} is written by process {pid}: end it, or choose another name with --shm");
        }

        // A writer in another container has a number that means nothing here; its heart beats all the same.
        var beat = Volatile.Read(ref old.Header->HeartbeatNanos);
        for (var look = 0; look < LooksAtHeartbeat; look++)
        {
            Thread.Sleep(LookMillis);
            if (Volatile.Read(ref old.Header->HeartbeatNanos) != beat)
            {
                throw new SharedFileTakenException(
                    $"{old.Path} is written by a process that cannot be seen from here (its number is {pid}): choose "
                    + "another name with --shm");
            }
        }
    }
}
