using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Quotes;

/// <summary>
/// Numbers and types of the public contracts only grow: what <c>contract.txt</c> lists stays for ever. A new field is
/// added there in the change that brings it.
/// </summary>
public sealed partial class ContractTests
{
    private static readonly string Golden =
        Path.Combine(Repository.Root, "tests", "Server.Tests", "Quotes", "contract.txt");

    [Test]
    public void EveryNumberAndTypeIsTheOneThatWasPublished()
    {
        var now = Lines().ToArray();
        var published = File.ReadAllLines(Golden);
        Assert.That(published.Except(now), Is.Empty, "published and changed: it breaks clients");
        Assert.That(now.Except(published), Is.Empty, "new: add it to contract.txt");
    }

    [Test]
    public void EveryFieldAndValueIsDocumented()
    {
        var proto = Path.Combine(Repository.Root, "server", "Protos", "quoter", "v1", "quotes.proto");
        var lines = File.ReadAllLines(proto);
        var numbered = lines
            .Select((line, index) => (Line: line.Trim(), Before: index == 0 ? "" : lines[index - 1].Trim()))
            .Where(static pair => Numbered().IsMatch(pair.Line))
            .ToArray();
        Assert.That(numbered, Has.Length.GreaterThan(80), "the numbered lines are not recognized");
        Assert.That(
            numbered.Where(static pair => !pair.Before.StartsWith("//", StringComparison.Ordinal))
                .Select(static pair => pair.Line),
            Is.Empty);
    }

    private static IEnumerable<string> Lines() =>
        from file in new[]
        {
            global::Quoter.V1.QuotesReflection.Descriptor,
            global::Quoter.V1.AdminReflection.Descriptor,
            Orderbook.OrderbookReflection.Descriptor,
        }
        from line in Messages(file).Concat(Enums(file)).Concat(Methods(file))
        select line;

    private static IEnumerable<string> Messages(FileDescriptor file) =>
        from message in file.MessageTypes
        from field in message.Fields.InFieldNumberOrder()
        select $"{message.FullName} {field.FieldNumber} {field.Name} {Type(field)}";

    private static IEnumerable<string> Enums(FileDescriptor file) =>
        from kind in file.EnumTypes
        from value in kind.Values
        select $"{kind.FullName} {value.Number} {value.Name}";

    private static IEnumerable<string> Methods(FileDescriptor file) =>
        from service in file.Services
        from method in service.Methods
        select $"{method.FullName} ({Stream(method.IsClientStreaming)}{method.InputType.FullName}) "
            + $"({Stream(method.IsServerStreaming)}{method.OutputType.FullName})";

    private static string Stream(bool streams) => streams ? "stream " : "";

    private static string Type(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        return field.IsRepeated ? "repeated " + type : field.HasPresence && field.FieldType != FieldType.Message
            ? "optional " + type
            : type;
    }

    /// <summary>A field or an enum's value.</summary>
    [GeneratedRegex(@"^(optional |repeated )?[\w. ]+ = \d+;$")]
    private static partial Regex Numbered();
}
