namespace LowLatencyQuoter.Exchange.Venues;

/// <summary>A venue's server side over simulated books.</summary>
internal interface IVenueSimulation
{
    /// <summary>Adds its websocket and REST endpoints.</summary>
    void Map(VenueRoutes routes);

    /// <summary>Called about every 10 ms of real time under the market's gate: heartbeats, idle sockets.</summary>
    void Tick();

    /// <summary>Sends every session the venue's notice that its connection ends soon; false if it has none.</summary>
    bool Announce();
}
