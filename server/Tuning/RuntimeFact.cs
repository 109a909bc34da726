namespace LowLatencyQuoter.Server.Tuning;

/// <summary>What was asked of the machine or the runtime, and what is so.</summary>
/// <param name="Subject">What it is about, for instance <c>locked memory</c>.</param>
/// <param name="Asked">What the configuration asks for; empty where there is nothing to ask.</param>
/// <param name="InEffect">What was read back, and why it is not what was asked.</param>
/// <param name="Holds">False when what was asked did not take effect.</param>
internal sealed record RuntimeFact(string Subject, string Asked, string InEffect, bool Holds = true);
