using System;

namespace LowLatencyQuoter.Wire;

/// <summary>
/// Marks code that runs for every received byte or message. Marked code allocates nothing, takes no lock, is not async
/// and makes no virtual call; tests read its IL and measure its allocations. The mark has no behavior.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class HotPathAttribute : Attribute;
