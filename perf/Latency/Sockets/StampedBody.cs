using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>The body of a response whose writer is a <see cref="StampedPipe"/>; all else is the server's own.</summary>
internal sealed class StampedBody(IHttpResponseBodyFeature body, FrameStamps frames) : IHttpResponseBodyFeature
{
    /// <inheritdoc/>
    public Stream Stream => body.Stream;

    /// <inheritdoc/>
    public PipeWriter Writer { get; } = new StampedPipe(body.Writer, frames);

    /// <inheritdoc/>
    public void DisableBuffering() => body.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(
        string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        body.SendFileAsync(path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync() => body.CompleteAsync();
}
