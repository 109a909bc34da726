namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Which of a venue's feeds of its book is read, where it has several.</summary>
public enum VenueStream
{
    /// <summary>Changes as JSON text: what every venue has.</summary>
    Json = 0,

    /// <summary>Changes in a binary encoding, for holders of an API key (Binance).</summary>
    Sbe = 1,

    /// <summary>The best levels as a whole with each message (Binance).</summary>
    Partial = 2,
}
