using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>A book that a connection is to serve from now on, or to give up.</summary>
/// <param name="Book">Index of the book.</param>
/// <param name="Symbol">What the venue calls it and declares for it; null: give it up.</param>
internal readonly record struct BookListing(int Book, Precision? Symbol);
