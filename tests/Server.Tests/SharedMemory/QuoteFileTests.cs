using System;
using System.IO;
using System.Runtime.Versioning;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Shm;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>Who may have a name, who may read the file, and what is believed of a file that is there.</summary>
public sealed class QuoteFileTests
{
    private const int NoSuchProcess = int.MaxValue;
    private static readonly QuoteFileShape Shape = new()
    {
        Levels = 10,
        Places = 2,
        Venues = ["kraken"],
        RingBytes = 1 << 16,
    };

    private string _path = "";

    [SetUp]
    public void Name() => _path = SharedHarness.NewPath();

    [TearDown]
    public void Remove() => File.Delete(_path);

    [UnsupportedOSPlatform("windows")]
    [TestCase(false, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [TestCase(true, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    public void TheOwnerReadsItAndTheGroupWhenAsked(bool groupRead, UnixFileMode mode)
    {
        using var file = Make(groupRead);

        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(mode));
    }

    [Test]
    public void AnOrderlyEndIsToldAndRemovesTheFile()
    {
        var file = Make();
        using var quotes = SharedQuotes.Open(_path);
        Assert.That(quotes.CheckWriter(TimeSpan.FromMinutes(10)), Is.EqualTo(WriterState.Alive));

        file.Dispose();

        Assert.That(quotes.CheckWriter(TimeSpan.FromMinutes(10)), Is.EqualTo(WriterState.Closed));
        Assert.That(File.Exists(_path), Is.False);
    }

    [Test]
    public void ALivingWriterKeepsItsName()
    {
        using var file = Make();

        Assert.That(
            () => Make(),
            Throws.TypeOf<SharedFileTakenException>().With.Message.Contains(_path)
                .And.Message.Contains($"process {Environment.ProcessId}"));
        Assert.That(file.Path, Is.EqualTo(_path));
    }

    [Test]
    public unsafe void ADeadWritersNameIsTakenOverWithAGreaterEpoch()
    {
        var old = Make();
        var future = old.Header->Epoch += (long)1e15;   // even when the wall clock was set back since
        old.Header->WriterPid = NoSuchProcess;
        old.Header->HeartbeatNanos = 1;
        using var quotes = SharedQuotes.Open(_path);
        Assert.That(quotes.CheckWriter(TimeSpan.FromSeconds(1)), Is.EqualTo(WriterState.Dead));

        using var next = Make();

        Assert.That(next.Header->Epoch, Is.GreaterThan(future));
        Assert.That(quotes.CheckWriter(TimeSpan.FromSeconds(1)), Is.EqualTo(WriterState.Superseded));
        using var again = SharedQuotes.Open(_path);
        Assert.That(again.Epoch, Is.EqualTo(next.Header->Epoch));
        old.Dispose();
        Assert.That(File.Exists(_path), Is.True, "it is the next writer's");
    }

    [Test]
    public unsafe void AClaimOfALivingProcessIsRespected()
    {
        var old = Make();
        old.Header->WriterPid = NoSuchProcess;
        old.Header->SuccessorPid = Environment.ProcessId;

        Assert.That(
            () => Make(), Throws.TypeOf<SharedFileTakenException>().With.Message.Contains("being taken over"));

        old.Header->SuccessorPid = NoSuchProcess - 1;
        using var next = Make();
        Assert.That(next.Header->WriterPid, Is.EqualTo(Environment.ProcessId));
        old.Dispose();
    }

    [Test]
    public unsafe void AWriterThatCannotBeSeenButBeatsIsAlive()
    {
        using var file = Make();
        file.Header->WriterPid = NoSuchProcess;
        file.Header->HeartbeatNanos = MonotonicClock.Nanos();
        using var quotes = SharedQuotes.Open(_path);

        Assert.That(quotes.CheckWriter(TimeSpan.FromMinutes(10)), Is.EqualTo(WriterState.Alive));
    }

    [Test]
    public unsafe void AStoppedWriterIsSilentAndNotDead()
    {
        using var file = Make();
        file.Header->HeartbeatNanos = 1;
        using var quotes = SharedQuotes.Open(_path);

        Assert.That(quotes.CheckWriter(TimeSpan.FromSeconds(1)), Is.EqualTo(WriterState.Silent));
    }

    [Test]
    public void AForeignFileIsNeitherReadNorOverwritten()
    {
        File.WriteAllText(_path, new string('x', 10_000));

        Assert.That(
            () => SharedQuotes.Open(_path),
            Throws.TypeOf<SharedFileException>().With.Message.Contains(_path).And.Message.Contains("LLQUOTES"));
        Assert.That(() => Make(), Throws.TypeOf<SharedFileTakenException>().With.Message.Contains("remove it"));
        Assert.That(File.ReadAllText(_path), Has.Length.EqualTo(10_000));
    }

    [TestCase(0, "fewer than a header")]
    [TestCase(100, "fewer than a header")]
    [TestCase(5_000, "should have")]
    public void AShortFileIsRefused(int bytes, string words)
    {
        LeaveBehind();
        using (var stream = File.OpenWrite(_path))
        {
            stream.SetLength(bytes);
        }

        Assert.That(
            () => SharedQuotes.Open(_path), Throws.TypeOf<SharedFileException>().With.Message.Contains(words));
    }

    [Test]
    public void AHugeFileIsRefusedBeforeItIsMapped()
    {
        using (var stream = File.Create(_path))
        {
            stream.SetLength(QuoteFileShape.FileBytesMax + 1);   // a hole: takes no room
        }

        Assert.That(
            () => SharedQuotes.Open(_path),
            Throws.TypeOf<SharedFileException>().With.Message.Contains("more than any"));
    }

    [TestCase(8, 2u, "version 2")]
    [TestCase(12, 0x04030201u, "other byte order")]
    [TestCase(256, 0u, "do not lie in it")]
    [TestCase(256, 1_001u, "do not lie in it")]
    [TestCase(260, 60_000u, "do not lie in it")]
    [TestCase(264, 0u, "do not lie in it")]
    [TestCase(292, 1u, "do not lie in it")]
    [TestCase(304, 64u, "do not lie in it")]
    [TestCase(312, 0u, "do not lie in it")]
    [TestCase(320, 3u, "do not lie in it")]
    [TestCase(324, 0x7fffffffu, "do not lie in it")]
    public void ADamagedHeaderIsRefused(int offset, uint value, string words)
    {
        LeaveBehind();
        using (var stream = File.OpenWrite(_path))
        {
            stream.Position = offset;
            stream.Write(BitConverter.GetBytes(value));
        }

        Assert.That(
            () => SharedQuotes.Open(_path), Throws.TypeOf<SharedFileException>().With.Message.Contains(words));
    }

    [TestCase("")]
    [TestCase(".hidden")]
    [TestCase("a/b")]
    [TestCase("two words")]
    public void ANameThatIsNoneIsRefused(string name) =>
        Assert.That(() => SharedPath.Of(name), Throws.TypeOf<SharedFileException>().With.Message.Contains($"'{name}'"));

    [Test]
    public void WhatIsNotThereIsNamed() =>
        Assert.That(
            () => SharedQuotes.Open(_path),
            Throws.TypeOf<SharedFileException>().With.Message.Contains(_path).And.Message.Contains("--shm"));

    [Test]
    public void ARingWithoutRoomNamesWhatItNeeds() =>
        Assert.That(
            () => (Shape with { RingBytes = 1_000 }).Check(),
            Throws.TypeOf<SharedFileException>().With.Message.Contains("shm.ringBytes").And.Message.Contains("1664"));

    [Test]
    public void TheRingHasThePowerOfTwoThatFits()
    {
        Assert.That(Shape.SlotBytes, Is.EqualTo(832));
        Assert.That((Shape with { RingBytes = 64 * 832 }).RingSlots, Is.EqualTo(64));
        Assert.That((Shape with { RingBytes = (64 * 832) - 1 }).RingSlots, Is.EqualTo(32));
    }

    /// <summary>A file as a writer leaves it that had no time to remove it.</summary>
    private void LeaveBehind()
    {
        byte[] bytes;
        using (Make())
        {
            bytes = File.ReadAllBytes(_path);
        }

        File.WriteAllBytes(_path, bytes);
    }

    private QuoteFile Make(bool groupRead = false) => QuoteFile.Create(
        _path, Shape, groupRead, MonotonicClock.Nanos(), MonotonicClock.UnixOffsetNanos());
}
