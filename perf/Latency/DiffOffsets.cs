namespace LowLatencyQuoter.Perf.Latency;

/// <summary>Where a diff has the numbers that change with each sending.</summary>
/// <param name="EventTime">Offset of <c>E</c>, 15 digits.</param>
/// <param name="FirstUpdateId">Offset of <c>U</c>, 12 digits.</param>
/// <param name="LastUpdateId">Offset of <c>u</c>, 12 digits.</param>
/// <param name="Amount">Offset of the decimals of the best bid's quantity in a numbered tape, 8 digits; else 0.</param>
internal readonly record struct DiffOffsets(int EventTime, int FirstUpdateId, int LastUpdateId, int Amount);
