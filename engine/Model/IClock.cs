namespace LowLatencyQuoter.Engine.Model;

/// <summary>
/// The engine's only source of time. Implementations are structs or sealed classes used as type arguments, so that
/// the call costs what the clock costs.
/// </summary>
public interface IClock
{
    /// <summary>Nanoseconds since an arbitrary start, never going back.</summary>
    long NowNanos();
}
