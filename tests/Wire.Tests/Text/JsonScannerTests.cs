using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Text;

public sealed class JsonScannerTests
{
    private static readonly string[] Valid = JsonCases.Valid;
    private static readonly string[] Invalid = JsonCases.Invalid;

    [TestCaseSource(nameof(Valid))]
    public void ValidTextIsReadAsByTheRuntime(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        var expected = JsonTokens.ByRuntime(json);

        Assert.That(expected, Is.Not.Null, "the table says that this is valid");
        Assert.That(JsonTokens.ByScanner(json), Is.EqualTo(expected));
        Assert.That(JsonTokens.ScannerSkips(json), Is.True);
    }

    [TestCaseSource(nameof(Invalid))]
    public void InvalidTextIsRefusedAsByTheRuntime(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);

        Assert.That(JsonTokens.ByRuntime(json), Is.Null, "the table says that this is invalid");
        Assert.That(JsonTokens.ByScanner(json), Is.Null);
        Assert.That(JsonTokens.ScannerSkips(json), Is.False);
    }

    [Test]
    public void EveryPrefixOfEveryTextIsJudgedAsByTheRuntime()
    {
        var wrong = new List<string>();
        foreach (var text in JsonCases.All)
        {
            var json = Encoding.UTF8.GetBytes(text);
            for (var length = 0; length < json.Length; length++)
            {
                Compare(json.AsSpan(0, length), wrong);
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void MutatedTextIsJudgedAndReadAsByTheRuntime()
    {
        var random = Seeded.Random();
        var seeds = JsonCases.Frames.Concat(JsonCases.Valid).Select(Encoding.UTF8.GetBytes).ToArray();
        var wrong = new List<string>();
        var accepted = 0;
        for (var run = 0; run < 40_000; run++)
        {
            accepted += Compare(JsonCases.Mutate(seeds[random.Next(seeds.Length)], random), wrong) ? 1 : 0;
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(accepted, Is.GreaterThan(1_000), "both outcomes have to occur");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void NestingIsBoundedWhereTheRuntimeIsToldToBoundIt(bool objects)
    {
        for (var depth = JsonScanner.MaxDepth - 2; depth <= JsonScanner.MaxDepth + 2; depth++)
        {
            var json = Encoding.UTF8.GetBytes(JsonCases.Nested(depth, objects));
            Assert.That(JsonTokens.ScannerSkips(json), Is.EqualTo(depth <= JsonScanner.MaxDepth), $"depth {depth}");
            Assert.That(JsonTokens.ByScanner(json), Is.EqualTo(JsonTokens.ByRuntime(json)), $"depth {depth}");
        }

        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(JsonCases.Nested(100_000, objects)));
        Assert.That(scanner.TrySkip(), Is.False);
        Assert.That(scanner.Fault, Is.EqualTo(JsonFault.TooDeep));
    }

    [Test]
    public void FirstFaultSticks()
    {
        var scanner = new JsonScanner("[1,?,true,false,null,\"a\",2]"u8);
        scanner.TryEnterArray();
        scanner.TryNextElement();
        scanner.TrySkip();
        scanner.TryNextElement();

        Assert.That(scanner.TrySkip(), Is.False);
        var after = scanner.Position;
        var said = scanner.TryNextElement() | scanner.TrySkip() | scanner.TryReadString(out _)
            | scanner.TryReadNumber(out _) | scanner.TryReadInteger(out _) | scanner.TryReadBoolean(out _)
            | scanner.TryEnterArray() | scanner.TryEnterObject() | scanner.TryNextName(out _) | scanner.TryFinish();

        Assert.That(said, Is.False);
        Assert.That(scanner.Fault, Is.EqualTo(JsonFault.Malformed));
        Assert.That(scanner.Position, Is.EqualTo(after));
    }

    [TestCase("true")]
    [TestCase("false")]
    [TestCase("null")]
    public void WordsAreNotTakenAfterAFault(string word)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(word));
        scanner.TryEnterObject();

        Assert.That(scanner.Fault, Is.EqualTo(JsonFault.UnexpectedKind));
        Assert.That(scanner.TrySkip(), Is.False);
        Assert.That(scanner.TryReadBoolean(out _), Is.False);
    }

    [Test]
    public void FieldsCanBeReadLaterFromAPlaceRememberedBefore()
    {
        var scanner = new JsonScanner("{\"b\": [ 1 , 2 ],\"x\":{\"y\":[[]]},\"s\":\"BTC\"}"u8);
        JsonPlace place = default;
        var numbers = 0L;
        scanner.TryEnterObject();
        Assert.That(place.IsSet, Is.False);
        while (scanner.TryNextName(out var name))
        {
            if (name.Is("b"u8))
            {
                place = scanner.Place;
            }

            scanner.TrySkip();
        }

        Assert.That(scanner.TryFinish(), Is.True);
        scanner.Return(place);
        scanner.TryEnterArray();
        while (scanner.TryNextElement() && scanner.TryReadInteger(out var number))
        {
            numbers = (numbers * 10) + number;
        }

        Assert.That(place.IsSet, Is.True);
        Assert.That(numbers, Is.EqualTo(12));
        Assert.That(scanner.Fault, Is.EqualTo(JsonFault.None));
    }

    [TestCase("7", true, 7)]
    [TestCase("\"7\"", true, 7)]
    [TestCase("\"\\u0037\"", true, 7)]
    [TestCase("-9223372036854775808", true, long.MinValue)]
    [TestCase("9223372036854775808", false, 0)]
    [TestCase("1.0", false, 0)]
    [TestCase("1e2", false, 0)]
    [TestCase("\"\"", false, 0)]
    [TestCase("\" 7\"", false, 0)]
    [TestCase("null", false, 0)]
    [TestCase("[7]", false, 0)]
    public void IntegersMayBeQuoted(string text, bool reads, long expected)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(text));

        Assert.That(scanner.TryReadInteger(out var value), Is.EqualTo(reads));
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(scanner.Fault == JsonFault.None, Is.EqualTo(reads));
    }

    [TestCase("{", JsonFault.Truncated)]
    [TestCase("[1", JsonFault.Truncated)]
    [TestCase("\"a", JsonFault.Truncated)]
    [TestCase("tr", JsonFault.Truncated)]
    [TestCase("[1;2]", JsonFault.Malformed)]
    [TestCase("trap", JsonFault.Malformed)]
    [TestCase("[1,]", JsonFault.Malformed)]
    public void FaultSaysWhatIsWrong(string text, JsonFault fault)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(text));
        scanner.TrySkip();

        Assert.That(scanner.Fault, Is.EqualTo(fault));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void ScanningAllocatesNothing()
    {
        var frames = JsonCases.All.Select(Encoding.UTF8.GetBytes).ToArray();
        var passed = 0;
        foreach (var frame in frames)
        {
            passed += JsonTokens.ScannerSkips(frame) ? 1 : 0;
        }

        using (NoAllocation.Begin())
        {
            for (var round = 0; round < 100; round++)
            {
                foreach (var frame in frames)
                {
                    passed += JsonTokens.ScannerSkips(frame) ? 1 : 0;
                }
            }
        }

        Assert.That(passed, Is.EqualTo(101 * (JsonCases.Valid.Length + JsonCases.Frames.Length)));
    }

    private static bool Compare(ReadOnlySpan<byte> json, List<string> wrong)
    {
        var expected = JsonTokens.ByRuntime(json);
        var found = JsonTokens.ByScanner(json);
        var same = expected is null ? found is null : found is not null && expected.SequenceEqual(found);
        if (!same || JsonTokens.ScannerSkips(json) != (expected is not null))
        {
            wrong.Add(
                $"{(expected is null ? "refused" : "accepted")} by the runtime: {Encoding.Latin1.GetString(json)}");
        }

        return expected is not null;
    }
}
