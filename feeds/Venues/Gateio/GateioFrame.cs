using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// The fields of a Gate frame as they are met, those of <c>result</c> and <c>error</c> beside those of the frame. Names
/// are the venue's.
/// </summary>
internal ref struct GateioFrame
{
    /// <summary><c>channel</c>; a bare result has none.</summary>
    public JsonText Channel;

    /// <summary><c>event</c> of the frame.</summary>
    public JsonText Event;

    /// <summary><c>status</c> of an answer's result.</summary>
    public JsonText Status;

    /// <summary><c>message</c> of an error.</summary>
    public JsonText Message;

    /// <summary>The first element of <c>payload</c>, which an answer repeats.</summary>
    public JsonText Subject;

    /// <summary><c>s</c>: the pair, or the name of an obu stream.</summary>
    public JsonText Stream;

    /// <summary><c>t</c>, milliseconds.</summary>
    public long Time;

    /// <summary><c>U</c>, first update id; none with a full book.</summary>
    public long FirstUpdateId;

    /// <summary><c>u</c>, last update id.</summary>
    public long LastUpdateId;

    /// <summary><c>b</c>.</summary>
    public JsonPlace Bids;

    /// <summary><c>a</c>.</summary>
    public JsonPlace Asks;

    /// <summary><c>full</c>: the levels are the whole book.</summary>
    public bool IsFull;

    /// <summary>True when <c>error</c> was an object.</summary>
    public bool IsRefusal;

    /// <summary>The time as nanoseconds of Unix time; 0 when there is none or it is absurd.</summary>
    public readonly long UnixNanos => GateioFrameDecoder.UnixNanos(Time);
}
