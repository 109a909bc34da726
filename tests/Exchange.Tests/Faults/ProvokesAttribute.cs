using System;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>The test provokes the fault of this name and sees it on the wire.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProvokesAttribute : PropertyAttribute
{
    public ProvokesAttribute(string name)
        : base("Provokes", name) => Name = name;

    public string Name { get; }
}
