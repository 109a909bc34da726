namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>The limits that the OKX dialect enforces, and which of the venue's ways it has.</summary>
public sealed record OkxSettings
{
    /// <summary>Connections an address may open in a second; more are refused with 429. Default 3.</summary>
    public int ConnectionsPerSecond { get; init; } = 3;

    /// <summary>Requests to subscribe or unsubscribe that one socket may make in an hour. Default 480.</summary>
    public int RequestsPerHour { get; init; } = 480;

    /// <summary>REST books an address may ask for in two seconds; more are refused with 429. Default 40.</summary>
    public int BooksPerTwoSeconds { get; init; } = 40;

    /// <summary>
    /// True to send real checksums, as before June 2026 and on some regional hosts still; false (the default) for the
    /// constant 0 of today.
    /// </summary>
    public bool LiveChecksum { get; init; }

    /// <summary>
    /// After so many updates of a book its <c>seqId</c> falls, as after maintenance, and the chain goes on; 0 (the
    /// default) for never.
    /// </summary>
    public int SequenceFallsAfter { get; init; }

    internal void Validate()
    {
        if (ConnectionsPerSecond < 1 || RequestsPerHour < 1 || BooksPerTwoSeconds < 1 || SequenceFallsAfter < 0)
        {
            throw new ExchangeConfigurationException($"every limit of okx must be over zero, received {this}");
        }
    }
}
