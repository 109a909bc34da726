namespace LowLatencyQuoter.Feeds.Live;

/// <summary>What came of an attempt to connect.</summary>
/// <param name="Socket">The open socket, with the subscription sent unless the venue speaks first; or null.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="Declared">The venue's list of instruments, if it was asked for and given.</param>
internal sealed record Dialed(IVenueSocket? Socket, string Failure, DeclaredInstruments? Declared);
