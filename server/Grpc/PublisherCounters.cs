using System.Threading;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What the publisher has done. Threads: the publisher writes, any reads.</summary>
public sealed class PublisherCounters
{
    private long _sent;
    private long _conflated;
    private long _overtaken;
    private long _broken;
    private long _heartbeats;
    private long _overrun;
    private long _subscribers;

    /// <summary>Messages written to streams.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Quotes left out of a stream because its client was too far behind; the latest always follows.</summary>
    public long Conflated => Volatile.Read(ref _conflated);

    /// <summary>Quotes left out of all streams because the publisher was overtaken by the quote ring.</summary>
    public long Overtaken => Volatile.Read(ref _overtaken);

    /// <summary>Streams that ended because writing to them failed.</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>Heartbeats written to streams.</summary>
    public long Heartbeats => Volatile.Read(ref _heartbeats);

    /// <summary>Streams that ended because their client was too far behind and had asked for that.</summary>
    public long Overrun => Volatile.Read(ref _overrun);

    /// <summary>Streams at this moment.</summary>
    public long Subscribers => Volatile.Read(ref _subscribers);

    internal void AddSent(long count) => Volatile.Write(ref _sent, _sent + count);

    internal void AddConflated(long count) => Volatile.Write(ref _conflated, _conflated + count);

    internal void AddOvertaken(long count) => Volatile.Write(ref _overtaken, _overtaken + count);

    internal void AddBroken() => Volatile.Write(ref _broken, _broken + 1);

    internal void AddHeartbeat() => Volatile.Write(ref _heartbeats, _heartbeats + 1);

    internal void AddOverrun() => Volatile.Write(ref _overrun, _overrun + 1);

    internal void AddSubscribers(int count) => Volatile.Write(ref _subscribers, _subscribers + count);
}
