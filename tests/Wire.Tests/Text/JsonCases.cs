using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Wire.Tests.Text;

/// <summary>JSON texts, valid and not, each for one rule of the grammar.</summary>
internal static class JsonCases
{
    public static readonly string[] Valid =
    [
        "{}", "[]", "[[],[]]", "{\"\":{}}", "\"\"", "0", "-0", "-0.0", "1", "10", "1.5", "0.10", "-1.5e10", "1E+2",
        "1e-2", "0e0", "123456789012345678901234567890.5", "true", "false", "null", " \t\r\n[ \t\r\n] \t\r\n",
        "[1,2,3]", "[true,false,null]", "{\"a\":1}", "{\"a\":1,\"b\":[2,{\"c\":\"d\"}]}", "{\"a\":1,\"a\":2}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\\uD83D\\uDE00\"", "\"\\ud800\"", "\"\u20ac \U0001F600\"",
        "\"\u007f\"", "[ [ [ ] , [ ] ] , 1 ]", "{ \"a\" : { \"b\" : [ ] } , \"c\" : \"\" }",
        "[\"a string that is longer than what the plain loop looks at \\u00e9 and goes on\"]",
        "{\"k\\u0065y\":[-1,0.5,1e5,\"x\",null,{\"deep\":[[[[1]]]]}]}",
    ];

    public static readonly string[] Invalid =
    [
        "", " ", "{", "}", "[", "]", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1}", "{]", "{,}",
        "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1,", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{1:2}",
        "{'a':1}", "{\"a\":1}}", "{\"a\"::1}", "{null:1}", "[\"a\":1]", "{\"a\",1}", "{\"a\"}", "1 2", "[] []", "{}x",
        "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1e-", "1E", "0x10", "1_000", "1a",
        "--1", "1-", "1.2.3", "1e5.5", "NaN", "Infinity", "-Infinity", "nan", "tru", "trux", "True", "TRUE", "fals",
        "falsey", "nul", "nulll", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u\"", "\"\\u12\"", "\"\\u12g4\"",
        "\"\\u 123\"", "\"\\a\"", "\"\t\"", "\"\n\"", "\"\u0000\"", "\"\u001f\"", "'a'", "\u00a01", "\u20281",
        "\uFEFF1",
        "//c\n1", "/*c*/1", "[1]//c", "#1", "[1;2]", "(1)", "\u0000", "1\u0000", "[1\u000b]", "[\f1]", "undefined",
    ];

    /// <summary>Real shapes, for truncation and mutation.</summary>
    public static readonly string[] Frames =
    [
        "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723161255208,\"s\":\"BTCUSDT\","
            + "\"U\":50,\"u\":52,\"b\":[[\"61737.63000000\",\"0.00000000\"]],"
            + "\"a\":[[\"61837.64000000\",\"1.54698000\"]]}}",
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC\\/USD\",\"bids\":[],"
            + "\"asks\":[{\"price\":63005.0,\"qty\":2.08665551}],"
            + "\"checksum\":2532652056,\"timestamp\":\"2026-08-01T02:53:53.646219Z\"}]}",
        " { \"a\" : [ 1 , -2.5e-3 , true , false , null , \"\\u0041\\n\" ] , \"b\" : { } , \"c\" : [ [ ] ] } ",
    ];

    public static IEnumerable<string> All => Valid.Concat(Invalid).Concat(Frames);

    /// <summary>Containers inside of each other.</summary>
    public static string Nested(int depth, bool objects) => objects
        ? string.Concat(Enumerable.Repeat("{\"k\":", depth)) + "1" + new string('}', depth)
        : new string('[', depth) + new string(']', depth);

    /// <summary>Changes a few bytes: other values, grammar characters, cuts, repetitions.</summary>
    public static byte[] Mutate(byte[] json, Random random, int mostValue = 256)
    {
        ReadOnlySpan<byte> grammar = "{}[]\",:\\ 0123456789.eE+-tfnu/\n"u8;
        var bytes = new List<byte>(json);
        for (var change = 1 + random.Next(3); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(mostValue);
                    break;
                case 1:
                    bytes[at] = grammar[random.Next(grammar.Length)];
                    break;
                case 2:
                    bytes.Insert(at, grammar[random.Next(grammar.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(4)));
                    break;
                default:
                    var piece = bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + random.Next(12)));
                    bytes.InsertRange(random.Next(bytes.Count), piece);
                    break;
            }
        }

        return [.. bytes];
    }
}
