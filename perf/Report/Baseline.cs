using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>
/// Earlier figures of one machine by name, in <c>FOLDER/ID.KIND.json</c>. They are told beside each other and never
/// judged; those of other machines are not compared at all.
/// </summary>
internal sealed class Baseline
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string _file;
    private readonly string _id;
    private readonly string _ending;

    private Baseline(string folder, string id, string kind)
    {
        _id = id;
        _ending = $".{kind}.json";
        _file = Path.Combine(folder, _id + _ending);
    }

    /// <summary>The baseline of a machine, which may not exist.</summary>
    /// <param name="machine">Whose.</param>
    /// <param name="kind">Of which measurements.</param>
    /// <param name="folder">Where baselines lie; null: <c>perf/baselines</c> of the checkout that this is built
    /// from.</param>
    public static Baseline Of(MachineFacts machine, string kind, string? folder)
    {
        folder ??= Path.Combine(Checkout() ?? Environment.CurrentDirectory, "perf", "baselines");
        return new Baseline(folder, machine.Id, kind);
    }

    /// <summary>Keeps the figures, beside those of other measurements. Returns the file.</summary>
    public string Save(IReadOnlyList<BaselineFigure> figures)
    {
        var saved = Read() ?? new JsonObject { ["machine"] = _id };
        foreach (var figure in figures)
        {
            saved[figure.Name] = figure.Value;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, saved.ToJsonString(Indented) + "\n");
        return _file;
    }

    /// <summary>The figures beside the baseline, in words.</summary>
    public string Compare(IReadOnlyList<BaselineFigure> figures)
    {
        if (Read() is not { } saved)
        {
            var others = Others();
            return $"no baseline of machine {_id}; --save keeps these times as one"
                + (others.Count == 0 ? "" : $". Not compared with those of {string.Join(", ", others)}");
        }

        var text = new StringBuilder($"beside the baseline of machine {_id} (told, not judged):");
        foreach (var (figure, before) in Beside(saved, figures))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {figure.Name,-44} {Number(figure.Value)} {figure.Unit}, was {Number(before)}")
                .Append(CultureInfo.InvariantCulture, $" ({Change(figure, before):+0;-0;0} %)");
        }

        return text.ToString();
    }

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>Writes the property <c>earlier</c>: what <see cref="Compare"/> says in words.</summary>
    public void WriteJson(Utf8JsonWriter json, IReadOnlyList<BaselineFigure> figures)
    {
        json.WriteStartObject("earlier");
        json.WriteString("machine", _id);
        json.WriteStartArray("otherMachines");
        foreach (var other in Others())
        {
            json.WriteStringValue(other);
        }

        json.WriteEndArray();
        json.WriteStartArray("figures");
        foreach (var (figure, before) in Beside(Read(), figures))
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WriteString("unit", figure.Unit);
            json.WriteNumber("now", figure.Value);
            json.WriteNumber("was", before);
            json.WriteNumber("changePercent", Math.Round(Change(figure, before), 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Change(BaselineFigure figure, double before) => ((figure.Value / before) - 1) * 100;

    private static IEnumerable<(BaselineFigure Figure, double Before)> Beside(
        JsonObject? saved, IReadOnlyList<BaselineFigure> figures)
    {
        foreach (var figure in figures)
        {
            if (saved?[figure.Name] is JsonValue earlier && earlier.TryGetValue(out double before) && before > 0)
            {
                yield return (figure, before);
            }
        }
    }

    /// <summary>Machines that have a baseline of this kind, this one left out.</summary>
    private List<string> Others()
    {
        var others = new List<string>();
        var folder = Path.GetDirectoryName(_file)!;
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + _ending))
            {
                var id = Path.GetFileName(file)[..^_ending.Length];
                if (id != _id)
                {
                    others.Add(id);
                }
            }
        }

        others.Sort(StringComparer.Ordinal);
        return others;
    }

    private JsonObject? Read()
    {
        if (!File.Exists(_file))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(_file)) as JsonObject
                ?? throw new PerfException($"{_file}: not a JSON object; delete it and --save anew", 1);
        }
        catch (JsonException e)
        {
            throw new PerfException($"{_file}: {e.Message}; delete it and --save anew", 1);
        }
    }

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LowLatencyQuoter.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
