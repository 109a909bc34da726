using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Admin;

/// <summary>
/// Lets calls in that bear the token. Refusals take their time, one after the other, so that guessing is slow however
/// many guess at once; who has the token does not wait for them. Threads: any.
/// </summary>
internal sealed class AdminGate : IDisposable
{
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan Penalty = TimeSpan.FromMilliseconds(100);
    private readonly AdminToken _token;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _refusing = new(1);
    private long _refused;

    /// <summary>Guards with a token.</summary>
    public AdminGate(AdminToken token, ILogger log)
    {
        _token = token;
        _log = log;
    }

    /// <summary>Calls refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Returns when the call may go on.</summary>
    /// <exception cref="GrpcException">It bears no token, or another one.</exception>
    public async Task EnterAsync(GrpcCall call)
    {
        var given = call.Metadata("authorization");
        if (given is not null && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && _token.Is(given[Scheme.Length..]))
        {
            return;
        }

        await _refusing.WaitAsync(call.Cancellation).ConfigureAwait(false);
        try
        {
            Interlocked.Increment(ref _refused);
            Log.AdminRefused(_log, call.Peer);
            await Task.Delay(Penalty, call.Cancellation).ConfigureAwait(false);
        }
        finally
        {
            _refusing.Release();
        }

        throw new GrpcException(new GrpcStatus(
            StatusCode.Unauthenticated,
            given is null
                ? "this service wants the metadata 'authorization: Bearer TOKEN'"
                : "the metadata 'authorization' does not bear the token of this service"));
    }

    /// <inheritdoc/>
    public void Dispose() => _refusing.Dispose();
}
