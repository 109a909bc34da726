using System;
using System.IO;
using System.Linq;
using System.Reflection;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>The table of faults, its documentation and its tests name the same.</summary>
internal sealed class FaultCatalogTests
{
    [Test]
    public void EveryFaultIsProvokedByATest()
    {
        var provoked = typeof(FaultCatalogTests).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetCustomAttributes<ProvokesAttribute>())
            .Select(static attribute => attribute.Name)
            .Distinct();

        Assert.That(provoked, Is.EquivalentTo(FaultCatalog.All.Select(static behavior => behavior.Name)));
    }

    [Test]
    public void EveryFaultHasARowInItsDocument()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "faults.md"))
            .SkipWhile(static line => line != "## Names")
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('`')[1])
            .ToArray();

        Assert.That(rows, Is.EqualTo(FaultCatalog.All.Select(static behavior => behavior.Name)));
    }

    [Test]
    public void VenuesOfTheTableAreVenues()
    {
        var venues = FaultCatalog.All.SelectMany(static behavior => behavior.Venues).Distinct();

        Assert.That(venues, Is.SubsetOf(Exchange.Venues.VenueRegistry.All.Select(static venue => venue.Name)));
    }
}
