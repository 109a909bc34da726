using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>
/// The book of one symbol with one length, precision P0: the whole book to each new listener, then every change in real
/// time, and a checksum when something changed since the last one. Touch it under the market's gate.
/// </summary>
internal sealed class BitfinexTopic : IBookObserver
{
    private const int ChecksumLevels = 25;
    private static readonly TimeSpan ChecksumPeriod = TimeSpan.FromSeconds(2.5);

    private readonly SimulatedBook _book;
    private readonly BitfinexSimulation _venue;
    private readonly Dictionary<BitfinexSession, long> _listeners = [];
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private DepthWindow _bidWindow = null!;
    private DepthWindow _askWindow = null!;
    private TimeSpan _nextChecksum;
    private bool _isChanged;

    public BitfinexTopic(SimulatedBook book, int length, BitfinexSimulation venue)
    {
        _book = book;
        _venue = venue;
        Length = length;
        Restart();
    }

    public string Symbol => _book.Listing.Symbol;

    /// <summary>Levels a side.</summary>
    public int Length { get; }

    /// <summary>Adds a listener, by the number of its channel, and sends it the whole book.</summary>
    public void Add(BitfinexSession session, long channel)
    {
        if (_listeners.Count == 0)
        {
            Restart();   // nobody was told of what happened since
        }

        _listeners.Add(session, channel);
        session.SendArray(channel, $"[{string.Join(',', Rows(_bidWindow.Held, _askWindow.Held))}]");
    }

    public void Remove(BitfinexSession session) => _listeners.Remove(session);

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (_listeners.Count == 0 || _venue.IsUnderMaintenance)
        {
            return;
        }

        _bids.Clear();
        _asks.Clear();
        _bidWindow.Advance(_bids);
        _askWindow.Advance(_asks);
        var rows = Rows(_bids, _asks).ToList();
        foreach (var (session, channel) in _listeners)
        {
            session.SendChanges(channel, rows);
        }

        _isChanged |= rows.Count != 0;
        if (_isChanged && marketTime >= _nextChecksum)
        {
            _nextChecksum = marketTime + ChecksumPeriod;
            _isChanged = false;
            var content = $"\"cs\",{Checksum()}";
            foreach (var (session, channel) in _listeners)
            {
                session.SendChecksum(channel, content);
            }
        }
    }

    private void Restart()
    {
        _bidWindow = new DepthWindow(_book.Bids, Length, deletesFallen: true);
        _askWindow = new DepthWindow(_book.Asks, Length, deletesFallen: true);
    }

    private IEnumerable<string> Rows(
        IEnumerable<(long Ticks, long Lots)> bids, IEnumerable<(long Ticks, long Lots)> asks) =>
        bids.Select(level => BitfinexNumber.Row(_book.Listing, Side.Bid, level.Ticks, level.Lots)).Concat(
            asks.Select(level => BitfinexNumber.Row(_book.Listing, Side.Ask, level.Ticks, level.Lots)));

    /// <summary>
    /// Signed CRC-32 of what subscribers hold, by turns, of each level price and amount as they are sent.
    /// </summary>
    private int Checksum()
    {
        var parts = new List<string>();
        for (var rank = 0; rank < ChecksumLevels; rank++)
        {
            AddLevel(parts, _bidWindow.Held, rank, string.Empty);
            AddLevel(parts, _askWindow.Held, rank, "-");
        }

        return unchecked((int)~Crc32.Append(Crc32.Start, Encoding.ASCII.GetBytes(string.Join(':', parts))));
    }

    private void AddLevel(List<string> parts, IReadOnlyList<(long Ticks, long Lots)> side, int rank, string sign)
    {
        if (rank < side.Count)
        {
            parts.Add(BitfinexNumber.Text(side[rank].Ticks, _book.Listing.PriceDecimals));
            parts.Add(sign + BitfinexNumber.Text(side[rank].Lots, _book.Listing.QuantityDecimals));
        }
    }
}
