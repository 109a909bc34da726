using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Server.Metrics;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>What venue connections have counted.</summary>
internal sealed class ConnectionMetrics : IMetricSource
{
    private readonly Func<IReadOnlyList<IVenueConnection>> _connections;
    private readonly Func<IReadOnlyList<FeedReader>> _readers;

    public ConnectionMetrics(
        Func<IReadOnlyList<IVenueConnection>> connections, Func<IReadOnlyList<FeedReader>> readers)
    {
        _connections = connections;
        _readers = readers;
    }

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        Gauge(text, "quoter_feed_connected", "1 while the venue's socket is open.", static c => c.IsConnected ? 1 : 0);
        Gauge(
            text,
            "quoter_feed_redundant",
            "1 while the loss of either of the venue's two sockets would not be noticed.",
            static c => c.IsRedundant ? 1 : 0);
        Count(text, "quoter_feed_messages_total", "Messages of the venue's socket.", static c => c.Frames);
        Count(text, "quoter_feed_bytes_total", "Bytes of those messages.", static c => c.Bytes);
        Count(
            text,
            "quoter_feed_depth_messages_total",
            "Snapshots and updates handed to the engine.",
            static c => c.DepthMessages);
        Count(text, "quoter_feed_usual_messages_total", "Messages decoded the short way.", static c => c.UsualFrames);
        Count(
            text,
            "quoter_feed_general_messages_total",
            "Messages decoded the general way.",
            static c => c.GeneralFrames);
        Count(
            text,
            "quoter_feed_decode_errors_total",
            "Messages that could not be understood.",
            static c => c.DecodeErrors);
        Count(text, "quoter_feed_heartbeats_total", "Signs of life.", static c => c.Heartbeats);
        Count(text, "quoter_feed_refusals_total", "Requests that the venue refused.", static c => c.Refusals);
        Count(text, "quoter_feed_connects_total", "Connections made.", static c => c.Connects);
        Count(
            text,
            "quoter_feed_disconnects_total",
            "Connections lost, and attempts that failed.",
            static c => c.Disconnects);
        Count(
            text,
            "quoter_feed_replaced_sockets_total",
            "Sockets closed because another one had taken their place.",
            static c => c.Retirements);
        Count(
            text,
            "quoter_feed_repeated_messages_total",
            "Messages that the venue's other socket had brought before.",
            static c => c.Repeated);
        text.Begin(
            MetricKind.Counter,
            "quoter_reconnects_total",
            "Sockets that had to be made anew: lost, or never made (lost), or given up for another one (replaced).");
        foreach (var connection in _connections())
        {
            text.Sample(connection.Counters.Disconnects, ("venue", connection.Venue), ("reason", "lost"));
            text.Sample(connection.Counters.Retirements, ("venue", connection.Venue), ("reason", "replaced"));
        }

        Count(text, "quoter_feed_snapshot_requests_total", "Snapshots asked for.", static c => c.SnapshotRequests);
        Count(
            text,
            "quoter_feed_snapshot_failures_total",
            "Snapshots asked for in vain.",
            static c => c.SnapshotFailures);
        Count(
            text,
            "quoter_feed_silence_probes_total",
            "Silent books about which the venue was asked.",
            static c => c.SilenceProbes);
        Count(
            text,
            "quoter_feed_silent_books_total",
            "Books whose updates had stopped while the venue's book went on.",
            static c => c.SilentBooks);
        Count(
            text,
            "quoter_feed_audit_requests_total",
            "Times the venue was asked for its own book, to compare a live one with it.",
            static c => c.AuditRequests);
        Count(
            text,
            "quoter_feed_audit_failures_total",
            "Of those, the ones that brought no book.",
            static c => c.AuditFailures);
        Count(
            text,
            "quoter_ring_full_waits_total",
            "Times that a message waited for room in its ring.",
            static c => c.RingFullWaits);
        Count(
            text,
            "quoter_ring_full_dropped_total",
            "Messages dropped because their ring was full.",
            static c => c.RingFullDropped);
        text.Begin(
            MetricKind.Counter,
            "quoter_feed_allocated_bytes_total",
            "Managed bytes a reader thread has allocated.");
        foreach (var reader in _readers())
        {
            text.Sample(reader.AllocatedBytes, ("reader", reader.Name));
        }
    }

    private void Count(MetricText text, string name, string help, Func<IntakeCounters, long> value)
    {
        text.Begin(MetricKind.Counter, name, help);
        foreach (var connection in _connections())
        {
            text.Sample(value(connection.Counters), ("venue", connection.Venue));
        }
    }

    private void Gauge(MetricText text, string name, string help, Func<IVenueConnection, long> value)
    {
        text.Begin(MetricKind.Gauge, name, help);
        foreach (var connection in _connections())
        {
            text.Sample(value(connection), ("venue", connection.Venue));
        }
    }
}
