using System.Text.Json;

namespace LowLatencyQuoter.Perf.Machine;

/// <summary>The machine as a JSON object.</summary>
internal static class MachineJson
{
    /// <summary>Writes the property <c>machine</c>.</summary>
    public static void Write(Utf8JsonWriter json, MachineFacts machine)
    {
        json.WriteStartObject("machine");
        json.WriteString("id", machine.Id);
        json.WriteString("cpu", machine.Cpu);
        json.WriteBoolean("virtual", machine.IsVirtual);
        json.WriteNumber("cores", machine.Cores);
        json.WriteString("isolatedCores", machine.IsolatedCores);
        json.WriteNumber("memoryGibibytes", machine.MemoryGibibytes);
        json.WriteString("kernel", machine.Kernel);
        json.WriteString("runtime", machine.Runtime);
        json.WriteString("gc", machine.Gc);
        json.WriteString("clockSource", machine.ClockSource);
        json.WriteNumber("clockNanos", machine.ClockNanos);
        if (double.IsNaN(machine.LoadAverage))
        {
            json.WriteNull("loadAverage");
        }
        else
        {
            json.WriteNumber("loadAverage", machine.LoadAverage);
        }

        json.WriteString("commit", machine.Commit);
        if (machine.PinFailure.Length != 0)
        {
            json.WriteString("pinFailure", machine.PinFailure);
        }

        json.WriteEndObject();
    }
}
