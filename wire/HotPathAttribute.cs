using System;

namespace LowLatencyQuoter.Wire;

/// <summary>
/// Marks code that runs for every message between the socket and the quote. A marker without behavior: a test reads the
/// IL of what carries it and fails on boxing, on new arrays and objects, and on locks. Whatever throws, formats text or
/// happens once per connection stands in members without the mark.
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Constructor |
    AttributeTargets.Property,
    Inherited = false)]
public sealed class HotPathAttribute : Attribute;
