using System;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>Where a venue is reached.</summary>
/// <param name="Socket">Its websocket, without the venue's path.</param>
/// <param name="Rest">Its REST address, without the venue's path.</param>
internal readonly record struct VenueAddresses(Uri Socket, Uri Rest);
