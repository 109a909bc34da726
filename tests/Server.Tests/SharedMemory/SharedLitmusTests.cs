using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>A real second process reads while this one writes as fast as it can: every copy is whole.</summary>
[Category(Categories.Litmus)]
[Category(Categories.Foreign)]
[NonParallelizable]
public sealed class SharedLitmusTests
{
    private const int Base = 1_000_000;
    private const int Quotes = 20_000;
    private const int SecondsMax = 90;

    [TestCase(1)]
    [TestCase(50)]
    public async Task NoCopyIsEverTorn(int levels)
    {
        var program = await SharedReaders.CompileAsync(
            Path.Combine(Repository.Root, "tests", "foreign", "c", "litmus.c"));
        using var quoter = new SharedHarness(levels, 1 << 18);
        quoter.Market.GoLive(0);
        Write(quoter);   // and the state's quotes before it are skipped: only the latest counts at the start
        try
        {
            var reading = SharedReaders.RunProgramAsync(
                program,
                [
                    quoter.Path,
                    Quotes.ToString(CultureInfo.InvariantCulture),
                    SecondsMax.ToString(CultureInfo.InvariantCulture),
                ]);
            while (!reading.IsCompleted)
            {
                for (var update = 0; update < 1_000; update++)
                {
                    Write(quoter);
                }
            }

            var (exit, output, errors) = await reading;
            TestContext.Out.Write(output);
            Assert.That(exit, Is.Zero, errors);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private static void Write(SharedHarness quoter)
    {
        quoter.Market.Mirror(0, quoter.Pipeline.Quotes[0].Cursor + 1 + Base);
        quoter.Drive();
    }
}
