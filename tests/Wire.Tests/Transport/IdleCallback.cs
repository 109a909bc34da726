using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Wire.Tests.Transport;

/// <summary>An idle callback that runs what it is given; by default nothing, for ever.</summary>
internal sealed class IdleCallback(System.Func<bool>? onIdle = null) : IReceiveIdle
{
    public static readonly IdleCallback Nothing = new();

    public bool OnIdle() => onIdle?.Invoke() ?? true;
}
