using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>
/// Code between a received byte and the published quote allocates nothing, locks nothing, calls nothing virtually.
/// </summary>
public sealed class HotPathIlTests
{
    private static readonly string[] Assemblies = ["Engine", "Wire", "Feeds", "Server"];

    /// <summary>Each exception with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["LowLatencyQuoter.Engine.Book.Crc32.MakeTable: makes an array of UInt32"]
            = "runs once, from the static constructor",
        ["LowLatencyQuoter.Engine.Pipeline.BookHandler`3.MakeTops: makes an object of RecentTops"]
            = "cold twin: once for each book that has a second feed",
        ["LowLatencyQuoter.Engine.Pipeline.BookHandler`3.MakeTops: makes an object of PassedTops"]
            = "cold twin: once for each book that has a second feed",
        ["LowLatencyQuoter.Server.Grpc.SummaryEncoder.EncodeExchange: makes an array of Byte"]
            = "runs in the constructor, once for each venue",
        ["LowLatencyQuoter.Server.Grpc.SummaryEncoder.EncodeExchange: calls Encoding.GetBytes virtually"]
            = "runs in the constructor, once for each venue",
        ["LowLatencyQuoter.Wire.WebSocket.Frames.FrameWriter.WriteTo: calls IMaskKeySource.Next virtually"]
            = "a frame sent, not received; tests put fixed keys in its place",
        ["LowLatencyQuoter.Wire.Transport.StreamSocket.ReceiveDecrypted: calls Stream.Read virtually"]
            = "the framework's TLS is a Stream",
        ["LowLatencyQuoter.Wire.Transport.StreamSocket.SendEncrypted: calls Stream.Write virtually"]
            = "the framework's TLS is a Stream",
    };

    [Test]
    public void MarkedCodeOfTheProductIsFreeOfSins()
    {
        var methods = Assemblies
            .Select(static name => Assembly.Load($"LowLatencyQuoter.{name}"))
            .SelectMany(static assembly => HotPathRules.MarkedMethods(assembly.GetTypes()))
            .ToArray();
        var sins = methods.SelectMany(HotPathRules.Sins).Distinct().ToArray();

        Assert.That(methods, Has.Length.GreaterThan(200), "the marks are not found");
        Assert.That(sins.Where(static sin => !Allowed.ContainsKey(sin)), Is.Empty);
        Assert.That(Allowed.Keys.Except(sins), Is.Empty, "an exception that is not needed any more");
    }

    [TestCase(nameof(HotSinner.Box), "boxes Int32")]
    [TestCase(nameof(HotSinner.MakeArray), "makes an array of Int32")]
    [TestCase(nameof(HotSinner.MakeObject), "makes an object of Object")]
    [TestCase(nameof(HotSinner.CallInterface), "calls IComparable`1.CompareTo virtually")]
    [TestCase(nameof(HotSinner.CallVirtual), "calls Object.ToString virtually")]
    [TestCase(nameof(HotSinner.EnterLock), "locks with Lock.Enter")]
    [TestCase(nameof(HotSinner.EnterMonitor), "locks with Monitor.Enter")]
    public void SinIsReported(string method, string sin) =>
        Assert.That(SinsOf(method), Is.EqualTo(new[] { $"{typeof(HotSinner).FullName}.{method}: {sin}" }));

    [Test]
    public void DelegateIsReported() =>
        Assert.That(SinsOf(nameof(HotSinner.MakeDelegate)), Has.Some.EndsWith("makes a delegate of Negate"));

    [TestCase(nameof(HotSinner.CallConstrained))]
    [TestCase(nameof(HotSinner.MakeStruct))]
    [TestCase(nameof(HotSinner.CallSealed))]
    [TestCase(nameof(HotSinner.Throw))]
    public void WhatIsAllowedIsNotReported(string method) => Assert.That(SinsOf(method), Is.Empty);

    [Test]
    public void WhatRunsOnceIsExempt() =>
        Assert.That(
            HotPathRules.MarkedMethods([typeof(HotSinner)]).Select(static method => method.Name),
            Has.None.EqualTo(nameof(HotSinner.Dispose)));

    private static string[] SinsOf(string name) =>
    [
        .. HotPathRules.MarkedMethods([typeof(HotSinner)])
            .Where(method => method.Name == name)
            .SelectMany(HotPathRules.Sins),
    ];
}
