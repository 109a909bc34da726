using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// Stands before the quote services: knows whose call it is, by token, certificate or address, and lets in what its
/// client may have. Threads: any.
/// </summary>
internal sealed class ClientGate
{
    private const string Scheme = "Bearer ";
    private const int NetworkBytes = 8;   // of an IPv6 address: one customer has a /64
    private const long LogEveryNanos = 1_000_000_000;
    private static readonly int Reasons = Enum.GetValues<ClientRefusal>().Length;
    private readonly AccessFiles _files;
    private readonly ClientLimits _limits;
    private readonly ClientShares _shares;
    private readonly Func<long> _time;
    private readonly ILogger _log;
    private readonly long[] _refused = new long[Reasons];
    private long _loggedNanos = -LogEveryNanos;
    private long _streams;

    /// <summary>Guards with tokens and limits.</summary>
    /// <param name="files">Tokens.</param>
    /// <param name="limits">Of each client.</param>
    /// <param name="time">Nanoseconds of a clock that never goes back.</param>
    /// <param name="log">Where refusals are told, one a second at most.</param>
    public ClientGate(AccessFiles files, ClientLimits limits, Func<long> time, ILogger log)
    {
        _files = files;
        _limits = limits;
        _shares = new ClientShares(limits, time);
        _time = time;
        _log = log;
    }

    /// <summary>Calls under way.</summary>
    public long Streams => Volatile.Read(ref _streams);

    /// <summary>Clients that are known now.</summary>
    public int Clients => _shares.Clients;

    /// <summary>Calls refused so far for this reason.</summary>
    public long Refused(ClientRefusal reason) => Volatile.Read(ref _refused[(int)reason]);

    /// <summary>Passes a call on, or answers it with a refusal.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var client = ClientOf(context);
        if (client is null)
        {
            GrpcDispatcher.Refuse(context, Refuse(ClientRefusal.Token, AddressOf(context)));
            return;
        }

        if (_shares.Begin(client) is { } reason)
        {
            GrpcDispatcher.Refuse(context, Refuse(reason, client));
            return;
        }

        var lease = new ClientLease(client, _shares, this);
        context.Features.Set(lease);
        Interlocked.Increment(ref _streams);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
            _shares.End(client, lease.Symbols);
        }
    }

    /// <summary>Counts a refusal, tells it now and then, and says what the client is told.</summary>
    public GrpcStatus Refuse(ClientRefusal reason, string client)
    {
        var count = Interlocked.Increment(ref _refused[(int)reason]);
        var now = _time();
        var logged = Volatile.Read(ref _loggedNanos);
        if (now - logged >= LogEveryNanos && Interlocked.CompareExchange(ref _loggedNanos, now, logged) == logged)
        {
            Log.CallRefused(_log, client, reason, count);
        }

        return ClientLease.StatusOf(reason, _limits);
    }

    /// <summary>Whose call it is; null when it should bear a token and does not.</summary>
    private string? ClientOf(HttpContext context)
    {
        if (_files.Tokens is { } tokens)
        {
            var given = context.Request.Headers.Authorization.ToString();
            return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && tokens.OwnerOf(given[Scheme.Length..]) is { } owner
                    ? $"token {owner}"
                    : null;
        }

        return context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
            ? $"certificate {ClientCertificates.NameOf(certificate)}"
            : AddressOf(context);
    }

    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            bytes.AsSpan(NetworkBytes).Clear();
            address = new IPAddress(bytes);
        }

        return $"address {address}";
    }
}
