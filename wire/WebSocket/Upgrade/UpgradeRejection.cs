namespace LowLatencyQuoter.Wire.WebSocket.Upgrade;

/// <summary>An HTTP answer other than 101. Redirections are not followed; the caller decides.</summary>
/// <param name="Status">The status code, for instance 429.</param>
/// <param name="Reason">The status line's words; may be empty.</param>
/// <param name="RetryAfter">The Retry-After header as sent (seconds or a date), where there is one.</param>
/// <param name="Location">The Location header as sent, where there is one.</param>
public sealed record UpgradeRejection(int Status, string Reason, string? RetryAfter, string? Location);
