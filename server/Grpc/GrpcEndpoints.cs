using System;
using LowLatencyQuoter.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Puts the gRPC services on the listeners marked with <see cref="ListenerRoles.ServeGrpc"/>.</summary>
public static class GrpcEndpoints
{
    /// <summary>
    /// Serves <paramref name="services"/> on every gRPC listener, and nothing else there; other listeners are left to
    /// what is mapped after. When the application begins to stop, calls end with UNAVAILABLE.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="services">What is served.</param>
    /// <param name="role">On which of the gRPC listeners.</param>
    public static IApplicationBuilder MapGrpc(
        this IApplicationBuilder app, GrpcServices services, ListenerRole role = ListenerRole.Grpc) =>
        app.MapGrpc(services, role, gate: null);

    /// <summary>The same behind a gate; null: every call is let in.</summary>
    internal static IApplicationBuilder MapGrpc(
        this IApplicationBuilder app, GrpcServices services, ListenerRole role, ClientGate? gate)
    {
        var provider = app.ApplicationServices;
        var dispatcher = new GrpcDispatcher(
            services,
            TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("LowLatencyQuoter.Grpc"),
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return app.MapWhen(
            context => context.CameThrough(role),
            branch => branch.Run(
                gate is null ? dispatcher.InvokeAsync : context => gate.PassAsync(context, dispatcher.InvokeAsync)));
    }
}
