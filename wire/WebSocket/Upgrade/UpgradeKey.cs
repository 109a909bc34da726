using System;
using System.Security.Cryptography;
using System.Text;

namespace LowLatencyQuoter.Wire.WebSocket.Upgrade;

/// <summary>Sec-WebSocket-Key and the Sec-WebSocket-Accept that proves that a websocket server read it.</summary>
public readonly record struct UpgradeKey
{
    /// <summary>RFC 6455 section 1.3.</summary>
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private UpgradeKey(string text) => Text = text;

    /// <summary>The key as it stands in the request: 24 characters of base64.</summary>
    public string Text { get; }

    /// <summary>A key of 16 random bytes.</summary>
    public static UpgradeKey New() => new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));

    /// <summary>A given key, for tests with known answers.</summary>
    public static UpgradeKey Of(string text) => new(text);

    /// <summary>The answer that belongs to it: SHA-1 of key and salt in base64.</summary>
#pragma warning disable CA5350 // the protocol says SHA-1; it guards against confused servers, not against forgers
    public string Accept() => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(Text + Salt)));
#pragma warning restore CA5350
}
