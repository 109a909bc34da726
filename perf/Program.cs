using System.CommandLine;

var list = new Command("list", "What there is to run and the formats of its histograms.");
list.SetAction(static parsed =>
{
    parsed.InvocationConfiguration.Output.WriteLine("formats: hlog (HdrHistogram log V2), hgrm (percentile text)");
    return 0;
});

return new RootCommand("Measures the quoter's latency and throughput.") { list }.Parse(args).Invoke();
