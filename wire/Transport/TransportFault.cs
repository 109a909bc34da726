namespace LowLatencyQuoter.Wire.Transport;

/// <summary>A fault of the byte stream, as a value.</summary>
/// <param name="Code">What happened.</param>
/// <param name="Text">The same in words, with names and limits.</param>
public readonly record struct TransportFault(TransportFaultCode Code, string Text)
{
    /// <summary>Whether the stream is over. Stopped and timed out receives may be repeated.</summary>
    public bool IsTerminal =>
        Code is not (TransportFaultCode.None or TransportFaultCode.Stopped or TransportFaultCode.ReceiveTimedOut);

    /// <inheritdoc/>
    public override string ToString() => $"{Code} ({(int)Code}): {Text}";
}
