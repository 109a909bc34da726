using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>The fields of an object of Bitfinex as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct BitfinexEventFields
{
    /// <summary><c>event</c>.</summary>
    public JsonText Event;

    /// <summary><c>channel</c>.</summary>
    public JsonText Channel;

    /// <summary><c>symbol</c>.</summary>
    public JsonText Symbol;

    /// <summary><c>prec</c>.</summary>
    public JsonText Precision;

    /// <summary><c>status</c> of a <c>conf</c>.</summary>
    public JsonText Status;

    /// <summary><c>chanId</c>; 0 where there is none.</summary>
    public long ChannelId;

    /// <summary><c>code</c> of a notice or an error; 0 where there is none.</summary>
    public long Code;

    /// <summary><c>flags</c> of a <c>conf</c>.</summary>
    public long Flags;

    /// <summary><c>len</c>.</summary>
    public long Length;

    /// <summary><c>version</c> of the first notice; 0 in others.</summary>
    public long Version;

    /// <summary>True when <c>platform.status</c> is 0: the venue is under maintenance.</summary>
    public bool IsUnderMaintenance;
}
