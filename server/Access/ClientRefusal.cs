namespace LowLatencyQuoter.Server.Access;

/// <summary>Why a call was refused; its number is a place in the counters.</summary>
internal enum ClientRefusal
{
    /// <summary>It bears no token, or an unknown one.</summary>
    Token,

    /// <summary>Its client has as many calls as it may.</summary>
    Streams,

    /// <summary>Its client streams as many instruments as it may.</summary>
    Symbols,

    /// <summary>Its client begins calls faster than it may.</summary>
    Rate,

    /// <summary>There are more clients at a time than are kept apart.</summary>
    Clients,
}
