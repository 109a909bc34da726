using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>
/// Prints a made-up market as one venue would, so that its decoders can be run before the venue has said anything.
/// Cold.
/// </summary>
public interface ISamplePrinter
{
    /// <summary>
    /// True when frames that do not begin with a brace are bytes: a character for each, and all of it one frame.
    /// </summary>
    bool IsBinary => false;

    /// <summary>What the venue says before any book, a frame a line; empty: nothing.</summary>
    string Opening(SampleBook book) => "";

    /// <summary>
    /// The whole book: the REST body, or where the venue's snapshots come on the socket the frame, or several, one a
    /// line.
    /// </summary>
    string Snapshot(SampleBook book);

    /// <summary>
    /// The frame of an update, or several, one a line, spelled as the venue usually spells them; the book has it
    /// already.
    /// </summary>
    string Update(SampleBook book, IReadOnlyList<SampleChange> changes);

    /// <summary>
    /// Everything else that comes on the socket, and what must be refused: answers, signs of life, refusals, wrong
    /// checksums. The book may need a snapshot afterwards.
    /// </summary>
    IEnumerable<string> Others(SampleBook book);
}
