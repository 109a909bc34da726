using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class SymbolDirectoryTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    [TestCase(2_000)]
    public void EverySymbolIsFoundAndNoOther(int count)
    {
        var random = Seeded.Random();
        var symbols = new Dictionary<string, int>();
        while (symbols.Count < count)
        {
            var letters = Enumerable.Range(0, 1 + random.Next(12)).Select(_ => (char)('A' + random.Next(26)));
            symbols.TryAdd(new string([.. letters]), symbols.Count);
        }

        var directory = new SymbolDirectory(symbols);
        foreach (var (symbol, book) in symbols)
        {
            Assert.That(directory.TryFind(Encoding.UTF8.GetBytes(symbol), out var found), Is.True);
            Assert.That(found, Is.EqualTo(book));
            Assert.That(directory.TryFind(Encoding.UTF8.GetBytes(symbol + "/"), out found), Is.False);
            Assert.That(found, Is.EqualTo(-1));
            Assert.That(
                directory.TryFind(Encoding.UTF8.GetBytes(symbol.ToLowerInvariant()), out _), Is.False, "case counts");
        }

        Assert.That(directory.TryFind([], out _), Is.False);
    }
}
