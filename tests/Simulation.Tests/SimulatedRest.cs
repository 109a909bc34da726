using System;
using System.Collections.Generic;
using System.Net.Http;
using LowLatencyQuoter.Feeds.Live;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// REST of a simulated venue: requests and answers take time. Answers show at the reader's ticks only, so that each
/// thing that is received has a time of its own.
/// </summary>
internal sealed class SimulatedRest : IRestClient
{
    private readonly SimulatedLink _link;
    private readonly Uri _address;
    private readonly Queue<(SnapshotAnswer Answer, SentFrame? Frame)> _answers = new();
    private int _asking;

    public SimulatedRest(SimulatedLink link, Uri address, TimeSpan limit)
    {
        _link = link;
        _address = address;
        LimitNanos = limit.Ticks * TimeSpan.NanosecondsPerTick;
    }

    public long LimitNanos { get; }

    /// <summary>True during a tick.</summary>
    public bool IsVisible { get; set; }

    public bool HasAnswers => IsVisible && _answers.Count != 0;

    public bool IsAsking => _asking != 0 || _answers.Count != 0;

    public bool TryPeek(out SnapshotAnswer? answer)
    {
        answer = HasAnswers ? _answers.Peek().Answer : null;
        return answer is not null;
    }

    public bool TryTake(out SnapshotAnswer? answer)
    {
        answer = null;
        if (!HasAnswers)
        {
            return false;
        }

        (answer, var frame) = _answers.Dequeue();
        if (frame is not null && (answer.Wanted != SilenceProbe.Wish || frame.IsTruncated))
        {
            _link.NoteRead(frame);
        }

        return true;
    }

    public Uri AddressOf(string path) => new(_address.ToString().TrimEnd('/') + path);

    public void Ask(string path, int book, long connection, long wanted)
    {
        _asking++;
        _link.Ask(AddressOf(path), book, (reply, failure) =>
        {
            _asking--;
            var body = reply is { Status: 200 } ? reply.Body : null;
            var why = body is not null ? null : failure ?? $"status {reply!.Status}";
            var pause = reply is { Status: 429 or 418 } ? Math.Max(1_000, reply.RetryAfterMillis) : 0;
            _answers.Enqueue((
                new SnapshotAnswer(book, connection, wanted, body, why, pause), body is null ? null : reply!.Frame));
        });
    }

    public byte[] Get(string path) => Send(path, "GET");

    public byte[] Post(string path) => Send(path, "POST");

    public void Stop()
    {
    }

    public void Dispose()
    {
    }

    private byte[] Send(string path, string method) =>
        _link.Request(AddressOf(path), method) is { Status: 200 } reply
            ? reply.Body
            : throw new HttpRequestException($"{method} {path} was refused");
}
