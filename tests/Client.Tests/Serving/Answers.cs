using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>The pieces answers are made of.</summary>
internal static class Answers
{
    /// <summary>Sends the bytes as DATA of their own.</summary>
    public static async Task SendAsync(this HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/grpc";
        }

        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Ends the call in the trailers; <paramref name="message"/> as it stands on the wire.</summary>
    public static void End(this HttpContext context, string status, string? message = null)
    {
        context.Response.AppendTrailer("grpc-status", status);
        if (message is not null)
        {
            context.Response.AppendTrailer("grpc-message", message);
        }
    }

    /// <summary>Refuses the call in a response of nothing but headers.</summary>
    public static Task RefuseAsync(this HttpContext context, string status, string message)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = status;
        context.Response.Headers["grpc-message"] = message;
        return Task.CompletedTask;
    }

    /// <summary>Sends RST_STREAM.</summary>
    public static void Reset(this HttpContext context, int errorCode) =>
        context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);

    /// <summary>Closes the TCP connection under the call.</summary>
    public static void DropConnection(this HttpContext context) =>
        context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();

    /// <summary>Sends quotes as fast as the client reads, until it goes away.</summary>
    public static async Task StreamAsync(this HttpContext context)
    {
        try
        {
            for (var number = 1; ; number++)
            {
                await context.SendAsync(Messages.Of(SampleQuotes.Moving(number)));
            }
        }
        catch (OperationCanceledException)
        {
            // The client has enough.
        }
    }

    /// <summary>Sends nothing more until the client goes away.</summary>
    public static async Task WaitAsync(this HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
