using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>What an addition came to.</summary>
/// <param name="Added">Venues of an added instrument, or instruments of an added venue.</param>
/// <param name="LeftOut">What does not go with it.</param>
public sealed record RosterChange(IReadOnlyList<string> Added, IReadOnlyList<LeftOutBook> LeftOut);
