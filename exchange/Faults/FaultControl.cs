using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// Switches faults over HTTP, for callers of the same machine alone: GET shows, PUT arms one, DELETE takes back.
/// </summary>
internal sealed class FaultControl
{
    private readonly FaultPlan _plan;

    public FaultControl(FaultPlan plan) => _plan = plan;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/control/faults", context => AnswerAsync(context, ShowCatalog));
        routes.MapGet("/control/faults/{venue}", context => AnswerAsync(context, Show));
        routes.MapPut("/control/faults/{venue}", context => AnswerAsync(context, ArmAsync));
        routes.MapDelete("/control/faults/{venue}", context => AnswerAsync(context, Clear));
    }

    private static async Task AnswerAsync(HttpContext context, System.Func<HttpContext, string, Task<byte[]>> answer)
    {
        var response = context.Response;
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            await response.WriteAsync("faults are switched from the same machine only\n");
            return;
        }

        try
        {
            var body = await answer(context, context.GetRouteValue("venue") as string ?? string.Empty);
            response.ContentType = "application/json";
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
        catch (ExchangeConfigurationException exception)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            await response.WriteAsync(exception.Message + "\n");
        }
        catch (JsonException exception)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            await response.WriteAsync($"no JSON: {exception.Message}\n");
        }
    }

    private static Task<byte[]> ShowCatalog(HttpContext context, string venue) =>
        Task.FromResult(FaultJson.WriteCatalog());

    private Task<byte[]> Show(HttpContext context, string venue) => Task.FromResult(FaultJson.Write(_plan, venue));

    private async Task<byte[]> ArmAsync(HttpContext context, string venue)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        _plan.Arm(venue, FaultJson.Read(document.RootElement));
        return FaultJson.Write(_plan, venue);
    }

    private Task<byte[]> Clear(HttpContext context, string venue)
    {
        var name = context.Request.Query["name"].ToString();
        _plan.Clear(venue, name.Length == 0 ? null : name);
        return Show(context, venue);
    }
}
