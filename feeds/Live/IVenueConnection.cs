using System;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>A connection to a venue that keeps itself up.</summary>
public interface IVenueConnection : IDisposable
{
    /// <summary>The venue's name.</summary>
    string Venue { get; }

    /// <summary>Counts of what came in.</summary>
    IntakeCounters Counters { get; }

    /// <summary>True while the socket is open.</summary>
    bool IsConnected { get; }

    /// <summary>Managed bytes that the reader thread has allocated so far, refreshed as frames come in.</summary>
    long AllocatedBytes { get; }

    /// <summary>Starts the reader thread.</summary>
    void Start();
}
