using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>One call under way. Every read ends in time.</summary>
internal sealed class GrpcTestCall(HttpResponseMessage response, Stream body, CancellationTokenSource end) : IDisposable
{
    public HttpResponseMessage Response => response;

    /// <summary>
    /// The status, whether it came in trailers or, trailers only, in the headers. Read to the end first.
    /// </summary>
    public StatusCode? Status =>
        Header("grpc-status") is { } text ? (StatusCode)int.Parse(text, CultureInfo.InvariantCulture) : null;

    public string Message => StatusMessage.Decode(Header("grpc-message") ?? string.Empty);

    /// <summary>The next message's bytes; null at the end.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        if (await ReadFrameAsync() is not { } frame)
        {
            return null;
        }

        return frame.Compressed ? throw new InvalidDataException("the message is compressed") : frame.Message;
    }

    /// <summary>The next message as it came; fails at the end.</summary>
    public async Task<(bool Compressed, byte[] Message)> ReadRawAsync() =>
        await ReadFrameAsync() ?? throw new EndOfStreamException();

    private async Task<(bool Compressed, byte[] Message)?> ReadFrameAsync()
    {
        var prefix = new byte[MessagePrefix.Bytes];
        var read = await body.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, end.Token);
        if (read == 0)
        {
            return null;
        }

        if (read != prefix.Length || !MessagePrefix.TryRead(prefix, out var compressed, out var length))
        {
            throw new InvalidDataException("not a message prefix");
        }

        var message = new byte[length];
        await body.ReadExactlyAsync(message, end.Token);
        return (compressed, message);
    }

    public async Task<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => await ReadAsync() is { } bytes ? parser.ParseFrom(bytes) : null;

    /// <summary>Reads what is left and returns the status.</summary>
    public async Task<StatusCode?> EndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        return Status;
    }

    /// <summary>Resets the stream if it is not over.</summary>
    public void Dispose()
    {
        response.Dispose();
        end.Dispose();
    }

    private string? Header(string name)
    {
        if (response.TrailingHeaders.TryGetValues(name, out var trailers))
        {
            return trailers.Single();
        }

        return response.Headers.TryGetValues(name, out var headers) ? headers.Single() : null;
    }
}
