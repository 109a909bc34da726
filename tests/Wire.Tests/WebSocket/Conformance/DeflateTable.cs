using System;
using System.Collections.Generic;
using LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>
/// Groups 12 (kinds of content on the terms of a plain offer) and 13 (terms) of the suite. It states terms for the
/// client's direction; here the client asks the server for the same ones, so that both directions are seen.
/// </summary>
internal static class DeflateTable
{
    private static readonly (int Bytes, int Fragment)[] Sizes =
    [
        (16, 0), (64, 0), (256, 0), (1024, 0), (4096, 0), (8192, 0), (16384, 0), (32768, 0), (65536, 0), (131072, 0),
        (8192, 256), (16384, 256), (32768, 256), (65536, 256), (131072, 256),
        (131072, 1024), (131072, 4096), (131072, 32768),
    ];

    public static IEnumerable<DeflateCase> All() => [.. Contents(), .. Terms()];

    private static IEnumerable<DeflateCase> Contents()
    {
        Func<TestPayloads>[] kinds =
        [
            TestPayloads.Json, TestPayloads.Bitmap, TestPayloads.Prose, TestPayloads.Html, TestPayloads.Document,
        ];
        for (var i = 0; i < kinds.Length; i++)
        {
            foreach (var test in OfEachSize($"12.{i + 1}", kinds[i], new(), "", DeflatePeer.Unlimited))
            {
                yield return test;
            }
        }
    }

    private static IEnumerable<DeflateCase> Terms()
    {
        (bool NoTakeover, int? Bits)[] terms =
        [
            (false, null), (true, null), (false, 9), (false, 15), (true, 9), (true, 15),
        ];
        for (var i = 0; i < terms.Length; i++)
        {
            var (noTakeover, bits) = terms[i];
            var answer = (noTakeover ? "; server_no_context_takeover; client_no_context_takeover" : "")
                + (bits is null ? "" : $"; server_max_window_bits={bits}; client_max_window_bits={bits}");
            var agreed = new DeflateTerms(noTakeover, noTakeover, bits ?? 15, bits ?? 15);
            var offer = new DeflateOptions
            {
                ServerNoContextTakeover = noTakeover,
                ServerMaxWindowBits = bits ?? DeflateOptions.MaxWindowBits,
            };
            foreach (var test in OfEachSize($"13.{i + 1}", TestPayloads.Json, offer, answer, agreed))
            {
                yield return test;
            }
        }

        // the server has a choice of terms and takes the first that a plain offer allows
        var first = new DeflateTerms(false, true, 15, 9);
        var parameters = "; client_no_context_takeover; client_max_window_bits=9";
        foreach (var test in OfEachSize("13.7", TestPayloads.Json, new(), parameters, first))
        {
            yield return test;
        }
    }

    private static IEnumerable<DeflateCase> OfEachSize(
        string group,
        Func<TestPayloads> payloads,
        DeflateOptions offer,
        string answer,
        DeflateTerms terms)
    {
        offer = offer with { CompressFromBytes = 1 };
        for (var i = 0; i < Sizes.Length; i++)
        {
            yield return new($"{group}.{i + 1}", payloads, Sizes[i].Bytes, Sizes[i].Fragment, offer, answer, terms);
        }
    }
}
