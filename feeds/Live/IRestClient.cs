using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// REST of one venue: snapshots by requests whose answers the reader thread collects, the list of instruments by a
/// blocking one on the thread that connects. Threads: those; answers arrive from any.
/// </summary>
internal interface IRestClient : IDisposable
{
    /// <summary>True when an answer waits.</summary>
    bool HasAnswers { get; }

    /// <summary>True while a request for a snapshot is under way, or its answer waits.</summary>
    bool IsAsking { get; }

    /// <summary>Looks at the answer that is next.</summary>
    bool TryPeek(out SnapshotAnswer? answer);

    /// <summary>Takes an answer.</summary>
    bool TryTake(out SnapshotAnswer? answer);

    /// <summary>The whole address of a path.</summary>
    Uri AddressOf(string path);

    /// <summary>Asks for a snapshot; the answer, or what went wrong, arrives in the queue.</summary>
    void Ask(string path, int book, long connection, long wanted);

    /// <summary>Fetches a body and waits for it.</summary>
    /// <exception cref="HttpRequestException">No answer, or one that is not 2xx.</exception>
    /// <exception cref="InvalidDataException">The body is not packed as its headers say.</exception>
    /// <exception cref="TaskCanceledException">The limit passed, or the client is disposed.</exception>
    byte[] Get(string path);

    /// <summary>Asks for a body by an empty POST and waits for it.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    byte[] Post(string path);

    /// <summary>
    /// Any thread: ends what is under way, a blocking request included; the client is of no use afterwards.
    /// </summary>
    void Stop();
}
