namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>What belongs to a fault's number.</summary>
public static class WebSocketFaultCodes
{
    /// <summary>The code that the peer is told; <see cref="CloseCode.None"/> where nothing can be told.</summary>
    public static CloseCode ToCloseCode(this WebSocketFaultCode code) => (int)code switch
    {
        >= 300 and < 400 => CloseCode.ProtocolError,
        >= 400 and < 500 => CloseCode.InvalidPayload,
        (int)WebSocketFaultCode.TooManyFragments => CloseCode.PolicyViolation,
        >= 500 and < 600 => CloseCode.MessageTooBig,
        _ => CloseCode.None,
    };

    /// <summary>The fault in words; ASCII and short enough to be the reason of a close frame.</summary>
    public static string ToText(this WebSocketFaultCode code) => code switch
    {
        WebSocketFaultCode.ReservedBits => "reserved bits that no extension gives a meaning",
        WebSocketFaultCode.ReservedOpCode => "reserved opcode",
        WebSocketFaultCode.MaskedFrame => "masked frame from a server",
        WebSocketFaultCode.FragmentedControl => "fragmented control frame",
        WebSocketFaultCode.ControlTooLong => "control frame of more than 125 bytes",
        WebSocketFaultCode.LengthNotMinimal => "length not in its shortest form",
        WebSocketFaultCode.UnexpectedContinuation => "continuation without a message under way",
        WebSocketFaultCode.ContinuationExpected => "new message before the last one was finished",
        WebSocketFaultCode.ClosePayloadTooShort => "close frame with one byte of payload",
        WebSocketFaultCode.CloseCodeInvalid => "close code that must not be sent",
        WebSocketFaultCode.TextNotUtf8 => "text is not UTF-8",
        WebSocketFaultCode.CloseReasonNotUtf8 => "close reason is not UTF-8",
        WebSocketFaultCode.DeflateInvalid => "message cannot be inflated",
        WebSocketFaultCode.FrameTooLarge => "frame beyond the cap",
        WebSocketFaultCode.MessageTooLarge => "message beyond the cap",
        WebSocketFaultCode.TooManyFragments => "more fragments than the cap",
        WebSocketFaultCode.InflatedTooLarge => "inflated message beyond the cap",
        _ => code.ToString(),
    };
}
