using System;
using System.Threading;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Puts what a dialect reads into the lane: finds the book, keeps each book's scales, widens them when a finer number
/// comes. A message is visible to the engine only after <see cref="Commit"/>. A fault is never lost and never waits: it
/// is told before the next event of its book, whenever there is room. Threads: one reader's.
/// </summary>
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

    /// <summary>Times that a message had to wait for room.</summary>
    public long RingFullWaits { get; private set; }

    /// <summary>What the policy for a full lane is.</summary>
    public FullLanePolicy FullLane => _fullLane;

    /// <summary>True while the engine has not been told of every fault.</summary>
    public bool OwesEvents => _owedCount != 0;

    /// <summary>
    /// True when a frame, or a body, of this length surely finds room, with what may have to be announced because of
    /// it; a reader that waits for this never waits within the frame. An empty lane has room for whatever it can hold.
    /// </summary>
    public bool HasRoomFor(int frameBytes)
    {
        // No message is shorter than 32 bytes, and a slot holds more levels than could stand in those.
        var slots = 1 + _symbols.Count + (frameBytes / 32);
        return _owedCount == 0 && _lane.HasRoom(Math.Min(slots, _lane.Ring.Capacity));
    }

    /// <summary>True when there is room to announce something of so many books, and nothing is owed.</summary>
    public bool HasRoomToAnnounce(int books) =>
        _owedCount == 0 && _lane.HasRoom(Math.Min(books, _lane.Ring.Capacity));

    /// <summary>Counts a message that waits outside of the decoder.</summary>
    public void NoteWait() => RingFullWaits++;

    /// <summary>
    /// A connection begins: where the venue numbers messages, the next one may have any number; no channel has one yet.
    /// </summary>
    public void BeginConnection()
    {
        _numbers.Forget();
        Channels.Clear();
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
    }

    /// <summary>Tells the engine what is owed, as far as there is room.</summary>
    public void TellOwed()
    {
        for (var book = 0; book < _owed.Length && _owedCount != 0; book++)
        {
            TryTellOwed(book);
        }
    }

    /// <summary>Any thread: no further waiting for room; the reader is about to end.</summary>
    public void Stop() => _stopping = true;

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

    /// <summary>Adds one level from its texts.</summary>
    public bool TryAdd(Side side, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity)
    {
        ref var message = ref _lane.Current;
        if (_scaleSource == ScaleSource.ShortestText)
        {
            // What is deleted is in no checksum, however it is spelled.
            _scales[message.Book].HasOddSpelling |=
                !ShortestText.IsZero(quantity) && !(ShortestText.Is(price) && ShortestText.Is(quantity));
        }
        else if (_scaleSource == ScaleSource.ShortestNumber)
        {
            _scales[message.Book].HasOddSpelling |=
                !ShortestText.IsZero(quantity) && !(ShortestNumber.Is(price) && ShortestNumber.Is(quantity));
        }

        if (DecimalText.TryScale(price, message.PriceScale, out var scaledPrice) != DecimalOutcome.Exact
            || DecimalText.TryScale(quantity, message.QuantityScale, out var scaledQuantity) != DecimalOutcome.Exact
            || (_scaleSource == ScaleSource.WrittenDigits && !HasScale(price, quantity, ref message)))
        {
            return TryAddFiner(side, price, quantity);
        }

        return scaledPrice <= 0 || scaledQuantity < 0
            ? Fail(FaultCode.MalformedNumber)
            : TryStore(side, scaledPrice, scaledQuantity);
    }

    /// <summary>
    /// Reads an array of levels, each an array that starts with price and quantity, as numbers or strings; further
    /// elements are passed over.
    /// </summary>
    /// <param name="json">Stands before the array.</param>
    /// <param name="side">Bids or asks.</param>
    /// <param name="passesZeroPrices">
    /// True where a row whose price is zero says nothing of a level (KuCoin), and is passed over.
    /// </param>
    public bool TryAddRows(ref JsonScanner json, Side side, bool passesZeroPrices = false)
    {
        if (!json.TryEnterArray())
        {
            return Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            if (!json.TryEnterArray()
                || !json.TryNextElement() || !TryReadPrice(ref json, out var price)
                || !json.TryNextElement() || !TryReadQuantity(ref json, out var quantity))
            {
                return Fail(FaultCode.MalformedMessage);
            }

            if (!(passesZeroPrices && IsZero(price)) && !TryAdd(side, price, quantity))
            {
                return false;
            }

            while (json.TryNextElement())
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None || Fail(FaultCode.MalformedMessage);
    }

    /// <summary>Reads a price, a number or a string; good until the next one is read.</summary>
    internal bool TryReadPrice(scoped ref JsonScanner json, out ReadOnlySpan<byte> text) =>
        json.TryReadNumberText(_priceRoom, out text);

    /// <summary>Likewise a quantity.</summary>
    internal bool TryReadQuantity(scoped ref JsonScanner json, out ReadOnlySpan<byte> text) =>
        json.TryReadNumberText(_quantityRoom, out text);

    /// <summary>
    /// True while every level of the book was spelled as the venue spells numbers, so that its text can be made again.
    /// </summary>
    internal bool HasVenueSpelling(int book) => !_scales[book].HasOddSpelling;

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

    /// <summary>
    /// Tells the engine something of a book that is not a message of the venue. It is never lost: a book that is not
    /// served any more would stay in the quote. A fault or the end of the connection is owed when there is no room;
    /// anything else waits, unless <see cref="HasRoomToAnnounce"/> said that it need not. Where messages are dropped
    /// there is a reserve for all of it, since whoever drives the engine on the same thread drains only between frames.
    /// </summary>
    public void Announce(int book, EventKind kind, FaultCode fault = FaultCode.None)
    {
        if (_gate is not null)
        {
            kind = _gate.Told(_link, book, kind, fault);
            if (kind == EventKind.None)
            {
                return;
            }
        }

        if (kind is EventKind.Fault or EventKind.Disconnected)
        {
            Owe(book, kind, fault);
            TryTellOwed(book);
            return;
        }

        while (!TryTellOwed(book) || !_lane.TryBegin(book, kind))
        {
            if (_stopping)
            {
                return;
            }

            Thread.Yield();
        }

        CommitAnnounced(fault, ReceivedNanos);
    }

    /// <summary>
    /// Something is missing and nobody knows of which book: tells the engine so of all of them, before anything else.
    /// No message may be open.
    /// </summary>
    internal void FaultAll(FaultCode fault)
    {
        foreach (var book in _symbols.Books)
        {
            Announce(book, EventKind.Fault, fault);
        }
    }

    /// <summary>Notes why the message cannot be used; always false, to be returned.</summary>
    public bool Fail(FaultCode fault)
    {
        if (Fault == FaultCode.None)
        {
            Fault = fault;
        }

        return false;
    }

    /// <summary>True for the number zero, however it is spelled.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> number) =>
        DecimalText.TryScale(number, 0, out var value) == DecimalOutcome.Exact && value == 0;

    private static bool HasScale(ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, ref DepthEvent message) =>
        WrittenDigits(price) <= message.PriceScale && WrittenDigits(quantity) <= message.QuantityScale;

    private static int WrittenDigits(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        return point < 0 ? 0 : text.Length - point - 1;   // an exponent only makes this larger: the general way decides
    }

    /// <summary>Frames that were printed as usual and took the short way.</summary>
    public long UsualFrames { get; internal set; }

    /// <summary>Frames that took the general way.</summary>
    public long GeneralFrames { get; internal set; }

    /// <summary>
    /// Digits behind the point of the last price read the short way; the next one is mostly printed alike.
    /// </summary>
    internal int PriceDecimals { get; set; }

    /// <summary>Likewise of the last quantity.</summary>
    internal int QuantityDecimals { get; set; }

    /// <summary>What the last rows looked like.</summary>
    internal RowTemplates Templates { get; } = new();

    /// <summary>
    /// What the venue called the books on this socket, and how it numbers what it sends there; empty where it says the
    /// symbol with each message.
    /// </summary>
    internal SocketChannels Channels { get; } = new();

    /// <summary>The numbers of the connection's messages, where the venue gives them any.</summary>
    internal ref MessageNumbers Numbers => ref _numbers;

    /// <summary>What written digits mean at this venue.</summary>
    internal ScaleSource ScaleSource => _scaleSource;

    /// <summary>
    /// Goes on in a further slot; false when the message is larger than the lane, or the lane stays full.
    /// </summary>
    internal bool TryContinue()
    {
        var waited = false;
        while (!HasReserve(_lane.OpenSlots) || !_lane.TryContinue())
        {
            if (_lane.OpenSlots + _reserve == _lane.Ring.Capacity)
            {
                return Fail(FaultCode.MessageTooLarge);
            }

            if (!WaitForRoom(ref waited))
            {
                return Fail(FaultCode.RingFull);
            }
        }

        return true;
    }

    /// <summary>Adds one level that is on the message's scales already.</summary>
    internal bool TryStore(Side side, long price, long quantity)
    {
        if (Message.IsFull && !TryContinue())
        {
            return false;
        }

        _lane.Add(side, price, quantity);
        return true;
    }

    /// <summary>
    /// True while one more slot leaves room to announce what becomes of the frame: a reader that drives the engine
    /// itself cannot wait for room within a frame.
    /// </summary>
    private bool HasReserve(int open) => _reserve == 0 || _lane.HasRoom(open + 1 + _reserve);

    /// <summary>The general way: any spelling of a number, and scales that have to become finer.</summary>
    private bool TryAddFiner(Side side, ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> quantityText)
    {
        if (DecimalText.Parse(priceText, out var price) != DecimalOutcome.Exact
            || DecimalText.Parse(quantityText, out var quantity) != DecimalOutcome.Exact
            || price.IsNegative || quantity.IsNegative)
        {
            return Fail(FaultCode.MalformedNumber);
        }

        ref var message = ref _lane.Current;
        var priceScale = Math.Max(message.PriceScale, Needed(price));
        var quantityScale = Math.Max(message.QuantityScale, Needed(quantity));
        if (priceScale > Scale.Max || quantityScale > Scale.Max)
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        if ((priceScale != message.PriceScale || quantityScale != message.QuantityScale)
            && !_lane.TryWiden(priceScale, quantityScale))
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        if (price.TryScale(priceScale, out var scaledPrice) != DecimalOutcome.Exact
            || quantity.TryScale(quantityScale, out var scaledQuantity) != DecimalOutcome.Exact)
        {
            return Fail(FaultCode.ScaleOverflow);
        }

        ref var scales = ref _scales[message.Book];
        scales.Price = (byte)priceScale;
        scales.Quantity = (byte)quantityScale;
        return scaledPrice == 0 ? Fail(FaultCode.MalformedNumber) : TryStore(side, scaledPrice, scaledQuantity);
    }

    private int Needed(DecimalNumber number) =>
        _scaleSource == ScaleSource.WrittenDigits ? number.WrittenScale : number.Scale;

    private bool WaitForRoom(ref bool waited)
    {
        if (_fullLane == FullLanePolicy.DropAndFault || _stopping)
        {
            return false;
        }

        RingFullWaits += waited ? 0 : 1;
        waited = true;
        Thread.Yield();
        return true;
    }

    /// <summary>What was owed before it stays; only the end of the connection says more than a fault.</summary>
    private void Owe(int book, EventKind kind, FaultCode fault)
    {
        ref var owed = ref _owed[book];
        if (owed.Kind == EventKind.None)
        {
            _owedCount++;
        }
        else if (kind == EventKind.Fault || owed.Kind == EventKind.Disconnected)
        {
            return;
        }

        owed = new OwedEvent { Kind = kind, Fault = fault, Nanos = ReceivedNanos };
    }

    /// <summary>True when nothing is owed of this book, or not any more.</summary>
    private bool TryTellOwed(int book)
    {
        if (_owedCount == 0 || _owed[book].Kind == EventKind.None)
        {
            return true;
        }

        ref var owed = ref _owed[book];
        if (!_lane.TryBegin(book, owed.Kind))
        {
            return false;
        }

        CommitAnnounced(owed.Fault, owed.Nanos);
        owed = default;
        _owedCount--;
        return true;
    }

    private void CommitAnnounced(FaultCode fault, long nanos)
    {
        _lane.Current.Fault = fault;
        _lane.Current.ReceivedNanos = nanos;
        _lane.Commit(nanos);
    }
}
