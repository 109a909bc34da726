using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Shm;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>The document, by which others read the file, and the code, by which it is written, say the same.</summary>
public sealed partial class SharedLayoutTests
{
    private static readonly string Document =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "shared-memory.md"));

    [TestCase(typeof(FileHeader), "### Header")]
    [TestCase(typeof(InstrumentEntry), "### Instrument")]
    [TestCase(typeof(QuoteRecord), "### Slot")]
    public void TheDocumentHasEveryFieldWithOffsetAndSize(Type type, string title)
    {
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Select(static field => (
                field.GetCustomAttribute<FieldOffsetAttribute>()!.Value, SizeOf(field.FieldType), field.Name))
            .Order()
            .ToArray();

        var section = Document[Document.IndexOf(title, StringComparison.Ordinal)..];
        section = section[..(section.IndexOf("\n##", 3, StringComparison.Ordinal) is var end and > 0
            ? end
            : section.Length)];
        var rows = Row().Matches(section).Select(static row => (
            Number(row.Groups[1]), Number(row.Groups[2]), row.Groups[3].Value));

        Assert.That(rows, Is.EqualTo(fields));
        for (var index = 1; index < fields.Length; index++)
        {
            Assert.That(
                fields[index].Value, Is.GreaterThanOrEqualTo(fields[index - 1].Value + fields[index - 1].Item2),
                $"{fields[index].Name} lies in the field before");
        }
    }

    [Test]
    public void SizesAreTheDocuments()
    {
        Assert.That(Unsafe.SizeOf<FileHeader>(), Is.EqualTo(4_096));
        Assert.That(Unsafe.SizeOf<InstrumentEntry>(), Is.EqualTo(128));
        Assert.That(Unsafe.SizeOf<QuoteRecord>(), Is.EqualTo(336));
        Assert.That(Unsafe.SizeOf<SharedVenue>(), Is.EqualTo(16));
        Assert.That(Unsafe.SizeOf<SharedRow>(), Is.EqualTo(24));
    }

    [Test]
    public void ARowOfTheEngineLiesAsOneOfTheFile()
    {
        Assert.That(Unsafe.SizeOf<QuoteRow>(), Is.EqualTo(Unsafe.SizeOf<SharedRow>()));
        foreach (var name in new[] { nameof(QuoteRow.Price), nameof(QuoteRow.Quantity), nameof(QuoteRow.Member) })
        {
            Assert.That(Marshal.OffsetOf<SharedRow>(name), Is.EqualTo(Marshal.OffsetOf<QuoteRow>(name)), name);
        }
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!
        .MakeGenericMethod(type).Invoke(null, null)!;

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d+) \| (\d+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
