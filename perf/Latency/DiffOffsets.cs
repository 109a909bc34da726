namespace LowLatencyQuoter.Perf.Latency;

/// <summary>Where a diff has the numbers that change with each sending.</summary>
/// <param name="EventTime">Offset of <c>E</c>, 15 digits.</param>
/// <param name="FirstUpdateId">Offset of <c>U</c>, 12 digits.</param>
/// <param name="LastUpdateId">Offset of <c>u</c>, 12 digits.</param>
internal readonly record struct DiffOffsets(int EventTime, int FirstUpdateId, int LastUpdateId);
