using System;
using System.Collections.Generic;
using System.Net;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// Counts request weight per address and minute. Over the limit a request is refused (429); an address that goes on
/// regardless is banned (418) for a time that doubles from ban to ban. Thread safe.
/// </summary>
internal sealed class RequestWeights
{
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    private readonly System.Threading.Lock _gate = new();
    private readonly Dictionary<IPAddress, Account> _accounts = [];
    private readonly BinanceLimits _limits;
    private readonly TimeProvider _clock;

    public RequestWeights(BinanceLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
    }

    /// <summary>Counts a request and says whether it may be answered.</summary>
    public WeightVerdict Use(IPAddress address, int weight)
    {
        var now = _clock.GetUtcNow();
        lock (_gate)
        {
            if (!_accounts.TryGetValue(address, out var account))
            {
                account = new Account();
                _accounts.Add(address, account);
            }

            return Use(account, weight, now);
        }
    }

    private WeightVerdict Use(Account account, int weight, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (account.Minute != minute)
        {
            account.Minute = minute;
            account.Used = 0;
            account.Refused = 0;
        }

        if (now < account.BannedUntil)
        {
            return new WeightVerdict(418, account.Used, account.BannedUntil - now, account.BannedUntil);
        }

        if (account.Used + weight <= _limits.RequestWeightPerMinute)
        {
            account.Used += weight;
            return new WeightVerdict(200, account.Used, TimeSpan.Zero, default);
        }

        if (++account.Refused > _limits.RefusalsBeforeBan)
        {
            var ban = _limits.FirstBan * Math.Pow(2, Math.Min(account.Bans++, 20));
            account.BannedUntil = now + (ban < LongestBan ? ban : LongestBan);
            return new WeightVerdict(418, account.Used, account.BannedUntil - now, account.BannedUntil);
        }

        var next = DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60);
        return new WeightVerdict(429, account.Used, next - now, next);
    }

    private sealed class Account
    {
        public long Minute { get; set; }

        public int Used { get; set; }

        public int Refused { get; set; }

        public int Bans { get; set; }

        public DateTimeOffset BannedUntil { get; set; }
    }
}
