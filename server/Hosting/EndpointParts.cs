using System.Collections.Generic;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Server.Tuning;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>What the endpoints show to the outside.</summary>
/// <param name="Pipeline">Books and quotes.</param>
/// <param name="Publisher">Streams.</param>
/// <param name="Fees">The venues' fees.</param>
/// <param name="Roster">Instruments and venues.</param>
/// <param name="Reload">Reads the configuration again.</param>
/// <param name="Journal">The journal, or null.</param>
/// <param name="Recording">The recordings, or null.</param>
/// <param name="Threads">Threads of the pipeline.</param>
/// <param name="Access">Certificates and tokens.</param>
/// <param name="Tuning">What runtime and machine do.</param>
internal sealed record EndpointParts(
    QuoterPipeline Pipeline,
    QuotePublisher Publisher,
    FeeSchedule Fees,
    Roster Roster,
    ConfigurationReload Reload,
    JournalWriter? Journal,
    RecordingWriter? Recording,
    IReadOnlyList<AgentThread> Threads,
    AccessFiles Access,
    RuntimeTuning Tuning);
