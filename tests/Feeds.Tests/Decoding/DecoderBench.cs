using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Oracle;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

/// <summary>A venue's intake with a lane behind it, read back by the test.</summary>
internal sealed class DecoderBench : IDisposable
{
    private readonly string[] _symbols;

    public DecoderBench(
        string venue,
        string[] symbols,
        FullLanePolicy policy = FullLanePolicy.DropAndFault,
        int capacity = 1_024,
        VenueStream stream = VenueStream.Json)
    {
        if (!VenueRegistry.TryFind(venue, stream, out var found))
        {
            throw new ArgumentException(venue);
        }

        Venue = found;
        _symbols = symbols;
        Lane = new DepthLane(capacity);
        Decoder = new DepthDecoder(
            Lane,
            new SymbolDirectory([.. symbols.Select((symbol, book) => KeyValuePair.Create(symbol, book))]),
            symbols.Length,
            found.Profile.ScaleSource,
            policy);
        Intake = found.MakeIntake(Decoder, [.. Enumerable.Range(0, symbols.Length)]);
    }

    public IVenue Venue { get; }

    public DepthLane Lane { get; }

    public DepthDecoder Decoder { get; }

    public IFrameIntake Intake { get; }

    public FrameOutcome Feed(string frame) => Feed(Encoding.UTF8.GetBytes(frame));

    public FrameOutcome Feed(ReadOnlySpan<byte> frame) => Intake.OnFrame(frame, 1_000);

    public FrameOutcome FeedSnapshot(string body, int book = 0) =>
        Intake.OnSnapshot(book, Encoding.UTF8.GetBytes(body), 1_000);

    /// <summary>Takes what became visible, a message a line, numbers as the decimals they are.</summary>
    public string[] TakeText() => [.. Take().Select(Describe)];

    /// <summary>Takes the messages with levels that became visible.</summary>
    public List<SlowMessage> TakeMessages() =>
        [.. Take()
            .Where(message => message.Header.Kind is EventKind.Snapshot or EventKind.Update or EventKind.TopOfBook)
            .Select(message => message.Message)];

    /// <summary>Forgets what became visible; returns its count.</summary>
    public int Drop()
    {
        var count = 0;
        while (Lane.Ring.IsPublished(Lane.Consumed.Get() + 1))
        {
            Lane.Consumed.Set(Lane.Consumed.Get() + 1);
            count++;
        }

        return count;
    }

    public void Dispose() => Lane.Dispose();

    private List<(DepthEvent Header, SlowMessage Message)> Take()
    {
        var messages = new List<(DepthEvent, SlowMessage)>();
        while (Lane.Ring.IsPublished(Lane.Consumed.Get() + 1))
        {
            ref var part = ref Lane.Ring[Lane.Consumed.Get() + 1];
            if ((part.Flags & EventFlags.First) != 0)
            {
                long? checksum = part.ChecksumAlgorithm == ChecksumAlgorithm.None ? null : part.Checksum;
                messages.Add((part, new SlowMessage(
                    _symbols[part.Book], part.Kind, part.FirstUpdateId, part.LastUpdateId, checksum)));
            }

            for (var index = 0; index < part.BidCount; index++)
            {
                messages[^1].Item2.Bids.Add(Level(ref part, part.Bid(index)));
            }

            for (var index = 0; index < part.AskCount; index++)
            {
                messages[^1].Item2.Asks.Add(Level(ref part, part.Ask(index)));
            }

            Lane.Consumed.Set(Lane.Consumed.Get() + 1);
        }

        return messages;
    }

    private static SlowLevel Level(ref DepthEvent part, Level level) => new(
        Decimal(level.Price, part.PriceScale), Decimal(level.Quantity, part.QuantityScale), 0, 0);

    /// <summary>A scaled integer as a decimal.</summary>
    public static decimal Decimal(long value, int scale) => new((int)value, (int)(value >> 32), 0, false, (byte)scale);

    private static string Describe((DepthEvent Header, SlowMessage Message) item)
    {
        var (header, message) = item;
        var text = new StringBuilder().Append(
            System.Globalization.CultureInfo.InvariantCulture, $"{header.Kind} {message.Symbol}");
        if (header.Fault != FaultCode.None)
        {
            text.Append(' ').Append(header.Fault);
        }

        if (message.Last != 0)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {message.First}..{message.Last}");
        }

        Append(text, " bids", message.Bids);
        Append(text, " asks", message.Asks);
        if (header.VenueUnixNanos != 0)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" at {header.VenueUnixNanos}");
        }

        if (message.Checksum is { } checksum)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" crc {checksum}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string side, List<SlowLevel> levels)
    {
        foreach (var level in levels)
        {
            text.Append(side).Append(' ').Append(Plain(level.Price)).Append('x').Append(Plain(level.Quantity));
            side = "";
        }
    }

    /// <summary>Without trailing zeros.</summary>
    private static string Plain(decimal value) =>
        value.ToString("0.##################", System.Globalization.CultureInfo.InvariantCulture);
}
