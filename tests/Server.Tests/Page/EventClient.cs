using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>A client of <c>/events</c> that reads one event after the other.</summary>
internal sealed class EventClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventClient(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    /// <summary>The answer's head.</summary>
    public HttpResponseMessage Response => _response;

    public static async Task<EventClient> OpenAsync(HttpClient http, string query = "", string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events" + query);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        using var patience = new CancellationTokenSource(Patience);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        return new EventClient(response, new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token)));
    }

    /// <summary>The next event of this name; those of other names are passed over. Null at the end.</summary>
    public async Task<(string Id, JsonElement Data)?> NextAsync(string name)
    {
        while (await ReadAsync() is { } read)
        {
            if (read.Name == name)
            {
                return (read.Id, read.Data);
            }
        }

        return null;
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Name, string Id, JsonElement Data)?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var (name, id) = (string.Empty, string.Empty);
        JsonElement? data = null;
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            switch (colon < 0 ? line : line[..colon])
            {
                case "event":
                    name = line[7..];
                    break;
                case "id":
                    id = line[4..];
                    break;
                case "data":
                    data = JsonElement.Parse(line[6..]);
                    break;
                case "" when data is { } whole:
                    return (name, id, whole);
            }
        }

        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
