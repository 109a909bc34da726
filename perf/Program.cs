using System.CommandLine;
using LowLatencyQuoter.Perf.Compare;
using LowLatencyQuoter.Perf.Micro;

var root = new RootCommand("Measures the quoter's latency and throughput.");
root.Subcommands.Add(ListCommand.Make());
root.Subcommands.Add(CompareCommand.Make());
root.Subcommands.Add(MicroCommand.Make());
var parsed = root.Parse(args);
if (parsed.Errors.Count != 0)
{
    System.Console.Error.WriteLine($"{parsed.Errors[^1].Message} Run with --help for the flags.");
    return 2;
}

return parsed.Invoke();
