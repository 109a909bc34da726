using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>The fields of a Bybit frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct BybitFrame
{
    /// <summary><c>topic</c>; answers have none.</summary>
    public JsonText Topic;

    /// <summary><c>type</c>.</summary>
    public JsonText Type;

    /// <summary><c>op</c> of an answer.</summary>
    public JsonText Operation;

    /// <summary><c>ret_msg</c> of an answer.</summary>
    public JsonText Message;

    /// <summary><c>req_id</c> of an answer: the symbol, as we ask.</summary>
    public JsonText RequestId;

    /// <summary><c>data</c>.</summary>
    public JsonPlace Payload;

    /// <summary><c>ts</c>: when the venue sent it, milliseconds of Unix time.</summary>
    public long SendTime;

    /// <summary><c>cts</c>: when its matching engine made the change; missing in older messages.</summary>
    public long ChangeTime;

    /// <summary><c>success</c> of an answer.</summary>
    public bool Success;
}
