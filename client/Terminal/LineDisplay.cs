using System;
using System.Buffers;
using System.IO;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Watching;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Writes a line per quote, each at once and whole; what happens to the connection goes to stderr.</summary>
internal sealed class LineDisplay : IQuoteDisplay
{
    private readonly Stream _output;
    private readonly IQuoteWriter _writer;
    private readonly TextWriter _errors;
    private readonly ServerAddress _server;
    private readonly ArrayBufferWriter<byte> _line = new(4096);

    /// <summary>Makes one over streams that the caller closes.</summary>
    public LineDisplay(Stream output, IQuoteWriter writer, TextWriter errors, ServerAddress server)
    {
        _output = output;
        _writer = writer;
        _errors = errors;
        _server = server;
    }

    /// <inheritdoc/>
    public void Connecting()
    {
        // Nothing to say: either a quote follows or a reason why not.
    }

    /// <inheritdoc/>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public void Show(Summary quote)
    {
        _line.ResetWrittenCount();
        _writer.Write(quote, _line);
        try
        {
            _output.Write(_line.WrittenSpan);
            _output.Flush();
        }
        catch (IOException failure) when (StandardOutput.IsClosed(failure))
        {
            throw new OutputClosedException(failure);
        }
    }

    /// <inheritdoc/>
    public void Lost(QuoteStreamException failure, TimeSpan retryIn) => _errors.WriteLine(
        $"{FailureLine.Short(failure, _server)}; trying again in {NumberText.Fixed(retryIn.TotalSeconds, 1)} s");
}
