namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// Tells when the compiler has nothing more to do. The runtime compiles a method quickly at its first call and anew, in
/// the background, when it has been called often. It looks for such methods 10 to 100 ms apart, as configured, and puts
/// that off while new ones keep coming. So it is done when the same work has been repeated for longer than that and
/// nothing was compiled; but not before methods have been compiled anew, since on a busy machine the background may be
/// late. How many of them ever will be nobody knows: when it has been quiet for much longer, fewer are enough. One
/// thread.
/// </summary>
/// <param name="compiled">Methods compiled when the first round began.</param>
/// <param name="nowMillis">The time then.</param>
/// <param name="isTiered">False where the runtime compiles in full at the first call.</param>
internal sealed class CompilationWatch(long compiled, long nowMillis, bool isTiered)
{
    /// <summary>How long nothing may have been compiled.</summary>
    public const int QuietMillis = 300;

    /// <summary>And how many rounds: on a machine that is busy with others, time alone says little.</summary>
    public const int QuietRounds = 20;

    /// <summary>How long nothing may have been compiled where few methods were compiled anew.</summary>
    public const int LongQuietMillis = 2_000;

    /// <summary>Rounds in which every method is called for the first time.</summary>
    public const int FirstRounds = 2;

    /// <summary>Of four methods that are called at all, at least so many are called often.</summary>
    private const int AnewOfFour = 3;

    /// <summary>And at the very least so many.</summary>
    private const int LeastAnewOfFour = 2;

    private readonly long _before = compiled;
    private long _afterFirst;
    private long _compiled = compiled;
    private long _changedMillis = nowMillis;
    private int _rounds;
    private int _quietRounds;

    /// <summary>True when something was compiled in the last round.</summary>
    public bool IsBusy => _quietRounds == 0;

    private bool HasCompiledAnew(int ofFour) =>
        !isTiered || 4 * (_compiled - _afterFirst) >= ofFour * (_afterFirst - _before);

    /// <summary>Call after each round; true when it is done.</summary>
    public bool IsSettled(long compiledNow, long millis)
    {
        _afterFirst = ++_rounds <= FirstRounds ? compiledNow : _afterFirst;
        if (compiledNow != _compiled)
        {
            _compiled = compiledNow;
            _changedMillis = millis;
            _quietRounds = 0;
            return false;
        }

        var quiet = millis - _changedMillis;
        return ++_quietRounds >= QuietRounds
            && ((quiet >= QuietMillis && HasCompiledAnew(AnewOfFour))
                || (quiet >= LongQuietMillis && HasCompiledAnew(LeastAnewOfFour)));
    }
}
