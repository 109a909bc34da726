using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Puts what a dialect reads into the lane: finds the book, keeps each book's scales, widens them when a finer number
/// comes. A message is visible to the engine only after <see cref="Commit"/>. A fault is never lost and never waits: it
/// is told before the next event of its book, whenever there is room. Threads: one reader's.
/// </summary>
/// <remarks>
/// This file begins and ends messages, <c>DepthDecoder.Levels.cs</c> and <c>DepthDecoder.Mantissas.cs</c> fill
/// them from text and from binary numbers, <c>DepthDecoder.Room.cs</c> waits for room,
/// <c>DepthDecoder.Announcements.cs</c> tells what is no message, <c>DepthDecoder.Links.cs</c> is for two sockets.
/// </remarks>
[Engine.HotPath]
public sealed partial class DepthDecoder
{
    private DepthLane _lane;
    private SymbolDirectory _symbols;
    private readonly ScaleSource _scaleSource;
    private readonly FullLanePolicy _fullLane;
    private readonly BookScales[] _scales;
    private readonly OwedEvent[] _owed;
    private int _owedCount;
    private readonly int _reserve;   // slots that no message takes: one announcement a book
    private readonly byte[] _endRoom = new byte[AlignedPair.EndRoom];
    private readonly byte[] _priceRoom = new byte[64];      // for numbers written with escapes, which nobody does
    private readonly byte[] _quantityRoom = new byte[64];
    private readonly byte[] _lastSymbol = new byte[32];
    private MessageNumbers _numbers;
    private int _lastSymbolLength;
    private int _lastBook;
    private volatile bool _stopping;

    /// <summary>Makes a decoder.</summary>
    /// <param name="lane">Where messages go.</param>
    /// <param name="symbols">The books this reader serves.</param>
    /// <param name="bookCount">Count of all books: book indexes are below it.</param>
    /// <param name="scaleSource">What written digits mean at this venue.</param>
    /// <param name="fullLane">What to do when the lane has no room.</param>
    /// <param name="booksMax">Most books that this reader may come to serve; 0: as many as there are.</param>
    public DepthDecoder(
        DepthLane lane,
        SymbolDirectory symbols,
        int bookCount,
        ScaleSource scaleSource,
        FullLanePolicy fullLane,
        int booksMax = 0)
    {
        _lane = lane;
        _symbols = symbols;
        _scaleSource = scaleSource;
        _fullLane = fullLane;
        _scales = new BookScales[bookCount];
        _owed = new OwedEvent[bookCount];
        Rising = new RisingIds(bookCount);
        _reserve = fullLane == FullLanePolicy.DropAndFault
            ? Math.Min(booksMax == 0 ? bookCount : booksMax, lane.Ring.Capacity / 2)
            : 0;
    }

    /// <summary>When the frame under way was received, on the injected clock.</summary>
    public long ReceivedNanos { get; set; }

    /// <summary>
    /// True to read the machine's clock when a message is decoded; replay leaves it out, so that the same recording
    /// gives the same events.
    /// </summary>
    public bool StampsDecoding { get; init; }

    /// <summary>Snapshots and updates made visible so far.</summary>
    public long DepthMessages { get; private set; }

    /// <summary>
    /// The wish that the snapshot under way answers, <see cref="DepthEvent.SnapshotWish"/>; 0: nobody asked.
    /// </summary>
    public long SnapshotWish { get; set; }

    /// <summary>What went wrong with the message under way.</summary>
    public FaultCode Fault { get; private set; }

    /// <summary>The message under way, after <see cref="TryBegin"/>.</summary>
    public ref DepthEvent Message => ref _lane.Current;

    /// <summary>
    /// A connection begins: where the venue numbers messages, the next one may have any number; no channel has one yet.
    /// </summary>
    public void BeginConnection()
    {
        _numbers.Forget();
        Channels.Clear();
        Rising.Forget();
    }

    /// <summary>Between two frames: the books served are these from now on.</summary>
    public void Serve(SymbolDirectory symbols)
    {
        _symbols = symbols;
        _lastSymbolLength = 0;
    }

    /// <summary>Between two frames: what was learned of a book that is served no more is forgotten.</summary>
    public void Forget(int book)
    {
        _scales[book] = default;
        Channels.RemoveBook(book);
        Rising.Forget(book);
    }

    /// <summary>Sets the precision that the venue declares for a book: the coarsest scale it is kept on.</summary>
    public void Declare(int book, int priceScale, int quantityScale)
    {
        ref var scales = ref _scales[book];
        scales.DeclaredPrice = (byte)Math.Clamp(priceScale, 0, Scale.Max);
        scales.DeclaredQuantity = (byte)Math.Clamp(quantityScale, 0, Scale.Max);
        scales.Price = Math.Max(scales.Price, scales.DeclaredPrice);
        scales.Quantity = Math.Max(scales.Quantity, scales.DeclaredQuantity);
    }

    /// <summary>The book of a symbol; false when nobody asked for it.</summary>
    public bool TryFind(JsonText symbol, out int book)
    {
        Span<byte> room = stackalloc byte[64];
        book = -1;
        return symbol.TryResolve(room, out var text) && _symbols.TryFind(text, out book);
    }

    /// <summary>The same for a text without escapes, which is mostly the one of the last call.</summary>
    internal bool TryFindAgain(ReadOnlySpan<byte> symbol, out int book)
    {
        if (_lastSymbolLength > 0 && symbol.SequenceEqual(_lastSymbol.AsSpan(0, _lastSymbolLength)))
        {
            book = _lastBook;
            return true;
        }

        if (!_symbols.TryFind(symbol, out book) || symbol.Length > _lastSymbol.Length)
        {
            return book >= 0;
        }

        symbol.CopyTo(_lastSymbol);
        _lastSymbolLength = symbol.Length;
        _lastBook = book;
        return true;
    }

    /// <summary>
    /// The end of a frame with zeros behind it, at most <see cref="AlignedPair.EndRoom"/> bytes; nothing but zeros for
    /// a place behind the frame. Good until the next call.
    /// </summary>
    internal ref byte CopyEnd(ReadOnlySpan<byte> frame, int position)
    {
        var rest = frame[Math.Min(position, frame.Length)..];
        rest.CopyTo(_endRoom);
        _endRoom.AsSpan(rest.Length).Clear();
        return ref _endRoom[0];
    }

    /// <summary>The same for a part of a resolved text.</summary>
    public bool TryFind(ReadOnlySpan<byte> symbol, out int book) => _symbols.TryFind(symbol, out book);

    /// <summary>Starts a message; false when the lane is full and the policy is to drop.</summary>
    public bool TryBegin(int book, EventKind kind)
    {
        Fault = FaultCode.None;
        var waited = false;
        while (!TryTellOwed(book) || !HasReserve(0) || !_lane.TryBegin(book, kind))
        {
            if (!WaitForRoom(ref waited))
            {
                return Fail(FaultCode.RingFull);
            }
        }

        ref var scales = ref _scales[book];
        if (kind == EventKind.Snapshot)
        {
            // A snapshot starts anew: one odd number must not keep a book on a scale too fine for its prices for ever.
            scales.Price = scales.DeclaredPrice;
            scales.Quantity = scales.DeclaredQuantity;
            scales.HasOddSpelling = false;
        }

        ref var message = ref _lane.Current;
        message.PriceScale = scales.Price;
        message.QuantityScale = scales.Quantity;
        message.ReceivedNanos = ReceivedNanos;
        message.SnapshotWish = kind == EventKind.Snapshot ? SnapshotWish : 0;
        return true;
    }

    /// <summary>Makes the message visible.</summary>
    public void Commit()
    {
        if (_gate is not null && !MayPass(_gate))
        {
            return;
        }

        Offset.Observe(_lane.Current.VenueUnixNanos, _lane.Current.ReceivedNanos);
        DepthMessages += _lane.Current.Kind is EventKind.Snapshot or EventKind.Update ? 1 : 0;
        CommitStatement();
    }

    /// <summary>Makes a message visible that only states something of its book; not counted as depth.</summary>
    internal void CommitStatement()
    {
        _lane.Commit(StampsDecoding ? MonotonicClock.Nanos() : ReceivedNanos);
    }

    /// <summary>Forgets the message.</summary>
    public void Abandon() => _lane.Abandon();

    /// <summary>Notes why the message cannot be used; always false, to be returned.</summary>
    public bool Fail(FaultCode fault)
    {
        if (Fault == FaultCode.None)
        {
            Fault = fault;
        }

        return false;
    }

    /// <summary>Frames that were printed as usual and took the short way.</summary>
    public long UsualFrames { get; internal set; }

    /// <summary>Frames that took the general way.</summary>
    public long GeneralFrames { get; internal set; }

    /// <summary>
    /// What the venue called the books on this socket, and how it numbers what it sends there; empty where it says the
    /// symbol with each message.
    /// </summary>
    internal SocketChannels Channels { get; } = new();

    /// <summary>The numbers of the connection's messages, where the venue gives them any.</summary>
    internal ref MessageNumbers Numbers => ref _numbers;

    /// <summary>What written digits mean at this venue.</summary>
    internal ScaleSource ScaleSource => _scaleSource;
}
