using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues;

/// <summary>A venue whose server side the exchange can speak. Everything about it lies in its folder.</summary>
internal interface IVenue
{
    /// <summary>The name of the design: prefix of its paths, value of flags.</summary>
    string Name { get; }

    /// <summary>How its simulated books look and move.</summary>
    FlowProfile Flow { get; }

    /// <summary>How it plays a recording back.</summary>
    IPlaybackDialect Playback { get; }

    /// <summary>How it lists an instrument; null when it does not.</summary>
    Listing? List(InstrumentProfile instrument);

    /// <summary>Opens it over simulated books.</summary>
    IVenueSimulation Simulate(VenueMarket market);
}
