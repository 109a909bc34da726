namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// Tells when the compiler has nothing more to do. The runtime compiles a method quickly at its first call and anew, in
/// the background, when it has been called often: looks for such methods are 100 ms apart and put off while new ones
/// keep coming. So it is done when the same work has been repeated for longer than that and nothing was compiled.
/// One thread.
/// </summary>
/// <param name="compiled">Methods compiled by the time of the first look's beginning.</param>
/// <param name="nowMillis">The time then.</param>
internal sealed class CompilationWatch(long compiled, long nowMillis)
{
    /// <summary>How long nothing may have been compiled.</summary>
    public const int QuietMillis = 300;

    /// <summary>And how many rounds: on a machine that is busy with others, time alone says little.</summary>
    public const int QuietRounds = 20;

    private long _compiled = compiled;
    private long _changedMillis = nowMillis;
    private int _rounds;

    /// <summary>True when something was compiled in the last round.</summary>
    public bool IsBusy => _rounds == 0;

    /// <summary>Call after each round; true when it is done.</summary>
    public bool IsSettled(long compiledNow, long millis)
    {
        if (compiledNow != _compiled)
        {
            _compiled = compiledNow;
            _changedMillis = millis;
            _rounds = 0;
            return false;
        }

        return ++_rounds >= QuietRounds && millis - _changedMillis >= QuietMillis;
    }
}
