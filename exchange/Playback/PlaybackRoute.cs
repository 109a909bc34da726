using System;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A REST path of a venue that recorded bodies answer.</summary>
/// <param name="Path">Path below the venue's prefix; may hold route parameters.</param>
/// <param name="Key">What a request asks for, for instance <c>depth BTCUSDT</c>.</param>
internal sealed record PlaybackRoute(string Path, Func<HttpRequest, string> Key);
