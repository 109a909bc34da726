namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>A venue's side of one websocket: what to do with what the client sends.</summary>
internal interface IFrameReceiver
{
    /// <summary>The socket is open; frames may be sent from now on.</summary>
    void Opened();

    /// <summary>A whole text message of the client; the bytes are valid during the call only.</summary>
    void Received(System.ReadOnlyMemory<byte> message);

    /// <summary>The socket is gone, for whatever reason; called once.</summary>
    void Closed();
}
