using System.CommandLine;
using System.Linq;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The verb <c>list</c>.</summary>
internal static class ListCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Make()
    {
        var command = new Command("list", "What there is to compare, one line a case.");
        command.SetAction(static parsed =>
        {
            var width = ComparisonCatalog.All.Max(static item => item.Name.Length);
            foreach (var item in ComparisonCatalog.All)
            {
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{item.Name.PadRight(width)}  {item.Summary} ({item.Unit}), against {item.BaselineName}");
            }

            return 0;
        });
        return command;
    }
}
