namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>From a frame in user memory to the published quote, on one thread.</summary>
internal sealed class TickToQuoteComparison : LoopComparison
{
    private readonly PipelinePair _pair = new();

    /// <inheritdoc/>
    public override int Chunk => 200;

    /// <inheritdoc/>
    public override void Check() => _pair.Check();

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            _pair.Ours.Decode();
            _pair.Ours.Handle();
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            _pair.Typical.Decode();
            _pair.Typical.Handle();
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _pair.Ours.Verify();
        _pair.Dispose();
    }
}
