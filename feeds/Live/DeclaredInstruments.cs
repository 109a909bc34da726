using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>A venue's list of instruments.</summary>
/// <param name="Body">As the venue wrote it.</param>
/// <param name="Instruments">What it says.</param>
public sealed record DeclaredInstruments(byte[] Body, IReadOnlyList<Precision> Instruments);
