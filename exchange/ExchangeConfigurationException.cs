using System;

namespace LowLatencyQuoter.Exchange;

/// <summary>The exchange was asked for something it cannot serve; the message names the thing and the fix.</summary>
public sealed class ExchangeConfigurationException : Exception
{
    /// <param name="message">One line for the user.</param>
    public ExchangeConfigurationException(string message)
        : base(message)
    {
    }
}
