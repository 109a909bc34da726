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

    /// <summary>
    /// Does what the venue itself would do, by the name of a fault; false when it cannot. Takes the market's gate.
    /// </summary>
    /// <param name="fault">A name of the catalog.</param>
    /// <param name="symbol">The book in the venue's spelling; null: all.</param>
    bool Provoke(string fault, string? symbol) => false;

    /// <summary>Ends what was provoked and lasts. Takes the market's gate.</summary>
    void Calm()
    {
    }
}
