using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>
/// Everything that is particular to one venue, as a type without instances: what it is called, how to subscribe, how
/// its frames read. The two decoding members are hot; the others are called when connecting.
/// </summary>
/// <typeparam name="TSelf">The dialect itself.</typeparam>
public interface IVenueDialect<TSelf>
    where TSelf : struct, IVenueDialect<TSelf>
{
    /// <summary>The venue's facts.</summary>
    static abstract VenueProfile Profile { get; }

    /// <summary>
    /// Reads one frame of the socket into the decoder. Messages are committed only when they are whole and well-formed.
    /// </summary>
    static abstract FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder);

    /// <summary>Reads a REST snapshot of one book; the outcome is <see cref="FrameKind.Depth"/> or a failure.</summary>
    static abstract FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder);

    /// <summary>A pair in the venue's spelling, as in its messages.</summary>
    static abstract string SymbolOf(Pair pair);

    /// <summary>Where snapshots come from with these choices.</summary>
    static virtual SnapshotSource SourceOf(SubscriptionOptions options) =>
        options.WholeBooks ? SnapshotSource.EveryMessage : TSelf.Profile.SnapshotSource;

    /// <summary>
    /// Levels a side of the window that the venue keeps with these choices, to which the book is cut; 0: no window.
    /// </summary>
    static virtual int WindowOf(SubscriptionOptions options) =>
        !TSelf.Profile.IsWindowed ? 0 : options.Depth == 0 ? TSelf.Profile.DefaultDepth : options.Depth;

    /// <summary>
    /// Levels a side that a snapshot has at most with these choices, where the venue has more and changes of all of
    /// them are sent; 0: it has all of them.
    /// </summary>
    static virtual int SnapshotLevelsOf(SubscriptionOptions options) => 0;

    /// <summary>The same for the answer of a recorded address that serves a snapshot.</summary>
    static virtual int SnapshotLevelsOf(Uri address) => 0;

    /// <summary>
    /// Path that is asked by POST before each connection for where to connect; empty: the address is known.
    /// </summary>
    static virtual string AdmissionPath => "";

    /// <summary>Reads its answer.</summary>
    /// <exception cref="FormatException">The body is not the venue's.</exception>
    static virtual Admission ReadAdmission(ReadOnlyMemory<byte> body) =>
        throw new FormatException($"{TSelf.Profile.Name} admits without being asked");

    /// <summary>
    /// The text frame that keeps a connection alive and is answered, see <see cref="VenueProfile.KeepAliveEvery"/>;
    /// empty: none, a ping of the websocket does. At most 512 bytes; best a constant, so that nothing is allocated.
    /// </summary>
    /// <param name="unixMillis">The time, milliseconds of Unix time.</param>
    static virtual string KeepAlive(long unixMillis) => "";

    /// <summary>
    /// Path and query of the socket for these symbols, to be appended to the venue's address; may be empty.
    /// </summary>
    static abstract string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options);

    /// <summary>Text frames that subscribe to the symbols, in order; none when the path already does.</summary>
    static abstract IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options);

    /// <summary>
    /// Text frames that make the venue send one symbol's snapshot anew on the socket; none when snapshots come from
    /// REST.
    /// </summary>
    static abstract IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options);

    /// <summary>Text frames that add one symbol to what an open socket is subscribed to.</summary>
    static virtual IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        TSelf.Subscribe([symbol], options);

    /// <summary>
    /// Text frames that make the venue send nothing of one symbol on an open socket any more; none: what comes of it is
    /// passed over.
    /// </summary>
    /// <param name="symbol">What to stop.</param>
    /// <param name="options">What was subscribed to.</param>
    /// <param name="channel">The number that the venue gave the symbol's book; 0 when it gave none.</param>
    static virtual IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) => [];

    /// <summary>Text frames that make the venue serve one symbol anew that it has stopped serving.</summary>
    static virtual IEnumerable<string> Renew(string symbol, SubscriptionOptions options) => [];

    /// <summary>The same where the venue numbers its channels.</summary>
    /// <param name="symbol">Whose snapshot.</param>
    /// <param name="options">What to subscribe to.</param>
    /// <param name="channel">The number that the venue gave the symbol's book; 0 when it gave none.</param>
    static virtual IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options, long channel) =>
        TSelf.Resubscribe(symbol, options);

    /// <summary>
    /// Writes the text frame that answers one of <see cref="FrameKind.AnswerWanted"/>; returns its length, 0 for none.
    /// </summary>
    static virtual int WriteAnswer(ReadOnlySpan<byte> frame, Span<byte> answer) => 0;

    /// <summary>Path and query of the REST snapshot of a symbol; empty when there is none.</summary>
    static abstract string SnapshotPath(string symbol, SubscriptionOptions options);

    /// <summary>What the venue counts for a REST snapshot, see <see cref="VenueProfile.RestLimits"/>.</summary>
    static virtual int SnapshotWeight(SubscriptionOptions options) => 1;

    /// <summary>What it counts for what is asked before each connection.</summary>
    static virtual int AdmissionWeight => 1;

    /// <summary>What it counts for the list of instruments.</summary>
    static virtual int InstrumentsWeight => 1;

    /// <summary>Path and query of the list of instruments.</summary>
    static abstract string InstrumentsPath { get; }

    /// <summary>Reads the list of instruments; symbols are those of the venue's messages.</summary>
    /// <exception cref="FormatException">The body is not the venue's list.</exception>
    static abstract IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body);

    /// <summary>What a recorded REST address serves, and for a snapshot of which symbol.</summary>
    static abstract RestRecord Classify(Uri address, out string symbol);

    /// <summary>
    /// For a recording whose instruments are not given: the symbol a frame carries a book of, and the depth it was
    /// subscribed with (0 when the frame does not say). False when the frame is about no book.
    /// </summary>
    static abstract bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth);

    /// <summary>
    /// Prints a made-up market in this dialect, so that its decoders are compiled before they are needed.
    /// </summary>
    static abstract ISamplePrinter Samples { get; }
}
