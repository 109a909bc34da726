using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Tests.Live;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Recorder;

/// <summary>What was recorded is what is read back.</summary>
public sealed class FrameRecorderTests
{
    private static readonly Uri Address = new("https://venue.example/depth?symbol=BTCUSDT&limit=5000");
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recording").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void EveryLengthComesBackByteForByteAndInOrder()
    {
        var random = Seeded.Random();
        using var recorder = new FrameRecorder("binance");
        var sent = new List<(RecordKind Kind, string Address, byte[] Payload)>();
        string path;
        using (var writer = new RecordingWriter(_folder, [recorder], new LogLines()))
        {
            path = writer.Files[0].Path;
            for (var record = 0; record < 3_000; record++)
            {
                var payload = new byte[random.Next(10) == 0 ? random.Next(200_000) : random.Next(3_100)];
                random.NextBytes(payload);
                switch (random.Next(8))
                {
                    case 0:
                        recorder.OnRest(Address, payload, MonotonicClock.Nanos());
                        sent.Add((RecordKind.RestBody, Address.AbsoluteUri, payload));
                        break;
                    case 1:
                        recorder.OnConnect(Address, MonotonicClock.Nanos());
                        sent.Add((RecordKind.Connect, "", []));
                        break;
                    default:
                        recorder.OnFrame(payload, MonotonicClock.Nanos());
                        sent.Add((RecordKind.Frame, "", payload));
                        break;
                }

                if (random.Next(3) == 0)
                {
                    writer.DoWork();
                }
            }

            Assert.That(recorder.Lost, Is.Zero);
        }

        Assert.That(Read(path), Is.EqualTo(sent.Select(Text)));
    }

    [Test]
    public void TimesAreThoseOfTheWallClock()
    {
        using var recorder = new FrameRecorder("binance");
        string path;
        using (var writer = new RecordingWriter(_folder, [recorder], new LogLines()))
        {
            path = writer.Files[0].Path;
            recorder.OnFrame("{}"u8, MonotonicClock.Nanos());
        }

        using var reader = CaptureFile.Open(path);
        Assert.That(reader.TryRead(), Is.True);
        var time = DateTimeOffset.UnixEpoch.AddTicks(reader.Nanos / 100);
        Assert.That(time, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void WhatFindsNoRoomIsCountedAndMarked()
    {
        using var recorder = new FrameRecorder("binance");
        string path;
        using (var writer = new RecordingWriter(_folder, [recorder], new LogLines()))
        {
            path = writer.Files[0].Path;
            var frames = 0;
            for (; recorder.Lost == 0; frames++)
            {
                recorder.OnFrame("{\"x\":1}"u8, 0);
            }

            recorder.OnFrame("{\"x\":2}"u8, 0);
            writer.DoWork();
            recorder.OnFrame("{\"x\":3}"u8, 0);
            Assert.That(frames, Is.GreaterThan(10_000));
            Assert.That(writer.Files[0].Lost, Is.EqualTo(2));
        }

        var lines = File.ReadAllText(path).Split('\n');
        var mark = Array.FindIndex(lines, static line => line.StartsWith('L'));
        Assert.That(lines[mark], Does.EndWith(" 0 2"));
        Assert.That(lines[mark + 3], Is.EqualTo("{\"x\":3}"));
    }

    [Test]
    public void FullDiskIsLoggedAndCountedAndNothingElse()
    {
        using var recorder = new FrameRecorder("binance");
        var log = new LogLines();
        using var disk = new SmallDisk(1_000);
        using var file = new RecordingFile(recorder, disk, "small.frames", 0, log);
        for (var frame = 0; frame < 100; frame++)
        {
            recorder.OnFrame(new byte[100], 0);
            file.Take(10);
        }

        Assert.That(log.Has("recording small.frames: cannot be written any more"), Is.True);
        Assert.That(file.Records + file.Lost, Is.EqualTo(100).Within(1));
        Assert.That(file.Lost, Is.GreaterThan(80));
    }

    [Test]
    public void RecordingAFrameAllocatesNothing()
    {
        using var recorder = new FrameRecorder("binance");
        using var writer = new RecordingWriter(_folder, [recorder], new LogLines());
        var frame = new byte[5_000];
        Churn(recorder, writer, frame, 100);
        using (NoAllocation.Begin())
        {
            Churn(recorder, writer, frame, 2_000);
        }
    }

    [Test]
    public void CutFileIsReadUpToItsLastWholeRecord()
    {
        using var recorder = new FrameRecorder("binance");
        string path;
        using (var writer = new RecordingWriter(_folder, [recorder], new LogLines()))
        {
            path = writer.Files[0].Path;
            recorder.OnFrame("{\"first\":1}"u8, 5);
            recorder.OnFrame("{\"second\":2}"u8, 6);
        }

        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^5]);

        Assert.That(Read(path), Is.EqualTo(["Frame  7b226669727374223a317d"]).IgnoreCase);
    }

    [TestCase("X 1 2 \n{}\n", "no record begins with 'X'")]
    [TestCase("F 1 2 \n{}x", "does not end with a line end")]
    [TestCase("F one 2 \n{}\n", "expected 'letter unix_ns byte_count note'")]
    [TestCase("F 1 -2 \n{}\n", "expected 'letter unix_ns byte_count note'")]
    [TestCase("R 1 2 nowhere\n{}\n", "no record begins with 'R' and the note 'nowhere'")]
    public void DamageNamesItsPlace(string records, string message)
    {
        var path = Path.Combine(_folder, "damaged.frames");
        File.WriteAllText(path, "QFRAMES1 binance\n" + records);

        Assert.That(() => Read(path), Throws.TypeOf<CaptureFormatException>()
            .With.Message.Contains(message).And.Message.Contains("damaged.frames"));
    }

    private static void Churn(FrameRecorder recorder, RecordingWriter writer, byte[] frame, int frames)
    {
        for (var index = 0; index < frames; index++)
        {
            recorder.OnFrame(frame, index);
            writer.DoWork();
        }
    }

    private static List<string> Read(string path)
    {
        using var reader = CaptureFile.Open(path);
        var records = new List<string>();
        while (reader.TryRead())
        {
            records.Add(Text((reader.Kind, reader.Address?.AbsoluteUri ?? "", reader.Payload.ToArray())));
        }

        return records;
    }

    private static string Text((RecordKind Kind, string Address, byte[] Payload) record) =>
        $"{record.Kind} {record.Address} {Convert.ToHexString(record.Payload)}";

    /// <summary>A stream with room for so many bytes.</summary>
    private sealed class SmallDisk(int room) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room)
            {
                throw new IOException("no space left on device");
            }

            base.Write(buffer, offset, count);
        }
    }
}
