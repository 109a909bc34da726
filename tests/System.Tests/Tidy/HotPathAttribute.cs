using System;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>The mark, for the positive control; the rule goes by the attribute's name.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class HotPathAttribute : Attribute;
