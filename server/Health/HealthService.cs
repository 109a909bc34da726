using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health.V1;
using LowLatencyQuoter.Wire.Grpc;
using ServingStatus = LowLatencyQuoter.Server.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// <c>grpc.health.v1.Health</c>: the truth of the books in the words that gRPC tools understand. Known services are
/// "" and the given ones, which stand for the default instrument, and each instrument by its name. Threads: any.
/// </summary>
public sealed class HealthService
{
    /// <summary>Full name of the service.</summary>
    public const string Service = "grpc.health.v1.Health";

    /// <summary>How often a watcher's answer is looked at again.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a watcher may take to receive the last message at shutdown.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly Readiness _readiness;
    private readonly string[] _services;

    /// <summary>Answers from <paramref name="readiness"/>.</summary>
    /// <param name="readiness">The truth.</param>
    /// <param name="services">
    /// Full names of the gRPC services whose health is that of the default instrument.
    /// </param>
    public HealthService(Readiness readiness, params IEnumerable<string> services)
    {
        _readiness = readiness;
        _services = [string.Empty, .. services];
    }

    /// <summary>Registers the methods.</summary>
    public void AddTo(GrpcServices services)
    {
        services.Add(Service, "Check", CheckAsync);
        services.Add(Service, "List", ListAsync);
        services.Add(Service, "Watch", WatchAsync);
    }

    private async Task<GrpcStatus> CheckAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(HealthCheckRequest.Parser).ConfigureAwait(false);
        var status = Of(request.Service);
        if (status == ServingStatus.ServiceUnknown)
        {
            return new GrpcStatus(StatusCode.NotFound, $"no service {request.Service}");
        }

        await call.WriteAsync(new HealthCheckResponse { Status = status }).ConfigureAwait(false);
        return GrpcStatus.Ok;
    }

    private async Task<GrpcStatus> ListAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(HealthListRequest.Parser).ConfigureAwait(false);
        var response = new HealthListResponse();
        foreach (var service in _services.Concat(_readiness.Instruments.Seats.Select(static seat => seat.Name)))
        {
            response.Statuses[service] = new HealthCheckResponse { Status = Of(service) };
        }

        await call.WriteAsync(response).ConfigureAwait(false);
        return GrpcStatus.Ok;
    }

    private async Task<GrpcStatus> WatchAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(HealthCheckRequest.Parser).ConfigureAwait(false);
        var said = ServingStatus.Unknown;
        try
        {
            using var timer = new PeriodicTimer(Period);
            do
            {
                var status = Of(request.Service);
                if (status != said)
                {
                    said = status;
                    await call.WriteAsync(new HealthCheckResponse { Status = status }).ConfigureAwait(false);
                }
            }
            while (await timer.WaitForNextTickAsync(call.Cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (call.End == CallEnd.Draining && said == ServingStatus.Serving)
        {
            using var grace = new CancellationTokenSource(Grace);
            var last = new HealthCheckResponse { Status = ServingStatus.NotServing };
            await call.WriteAsync(last, grace.Token).ConfigureAwait(false);
        }

        return call.EndStatus;
    }

    private ServingStatus Of(string service)
    {
        var instruments = _readiness.Instruments;
        var seat = Array.IndexOf(_services, service) >= 0
            ? instruments.Default
            : instruments.Seats.FirstOrDefault(seat => seat.Name.Equals(service, StringComparison.Ordinal));
        return seat is null ? ServingStatus.ServiceUnknown
            : _readiness.IsServing(seat.Place) ? ServingStatus.Serving : ServingStatus.NotServing;
    }
}
