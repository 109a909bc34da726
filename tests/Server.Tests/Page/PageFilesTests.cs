using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>The page's files as they are served: all of them from here, none of them inline.</summary>
[Category(Categories.Loopback)]
public sealed partial class PageFilesTests
{
    private QuoterHarness _quoter = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _quoter.HttpAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task EveryFileThatIsNamedIsServedWithItsTypeAndItsRules()
    {
        var index = await _http.GetStringAsync("/");
        var files = Reference().Matches(index).Select(static match => match.Groups["path"].Value).ToHashSet();
        foreach (var script in files.Where(static file => file.EndsWith(".js", StringComparison.Ordinal)).ToArray())
        {
            var text = await _http.GetStringAsync(script);
            files.UnionWith(Import().Matches(text).Select(static match => "/page/" + match.Groups["file"].Value));
        }

        Assert.That(files, Has.Count.GreaterThanOrEqualTo(10));
        foreach (var file in files.Append("/"))
        {
            using var response = await _http.GetAsync(file);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(TypeOf(file)));
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.That(policy, Does.StartWith("default-src 'none';").And.Not.Contain("unsafe"));
            Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        }
    }

    [Test]
    public async Task NothingIsTakenFromAnotherAddressAndNothingIsInline()
    {
        var index = await _http.GetStringAsync("/");
        Assert.That(index, Does.Not.Match("<script(?![^>]*src=)|<style|\\son[a-z]+=|\\sstyle="));
        foreach (var path in (string[])["/", "/page/main.js", "/page/dom.js", "/page/page.css", "/page/icon.svg"])
        {
            var text = await _http.GetStringAsync(path);
            Assert.That(
                text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
                Does.Not.Match("https?://|//[a-z]+\\.|@import|eval\\("),
                path);
        }
    }

    [Test]
    public async Task AFileThatHasNotChangedIsNotSentAgain()
    {
        using var first = await _http.GetAsync("/page/page.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/page.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _http.SendAsync(request);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task TheGrpcPortHasNoPage()
    {
        using var client = _quoter.Client();
        using var call = await client.SendAsync("/", new Server.Health.V1.HealthCheckRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(LowLatencyQuoter.Wire.Grpc.StatusCode.Unimplemented));
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".js" => "text/javascript",
        ".css" => "text/css",
        ".svg" => "image/svg+xml",
        _ => "text/html",
    };

    [GeneratedRegex("(src|href)=\"(?<path>/page/[^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("from '\\./(?<file>[a-z]+\\.js)'")]
    private static partial Regex Import();
}
