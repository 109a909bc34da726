using System;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>
/// Reads one JSON text forward, by pulling: enter a container, take its names and values, skip what is of no interest.
/// Allocates nothing and never throws: the first fault sticks in <see cref="Fault"/>, and every later call says false.
/// Strict about grammar (RFC 8259) for everything it passes, skipped values included, except that it does not look for
/// repeated names. UTF-8 is the websocket layer's to check.
/// </summary>
[HotPath]
public ref struct JsonScanner
{
    /// <summary>Containers inside of each other, at most.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _json;
    private int _at;
    private int _depth;
    private ulong _objects;   // bit n: the container at depth n is an object
    private bool _needsComma;

    /// <summary>Starts before the first value of <paramref name="json"/>.</summary>
    public JsonScanner(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>The first fault, or none.</summary>
    public JsonFault Fault { get; private set; }

    /// <summary>Where the next byte to be read stands.</summary>
    public readonly int Position => _at;

    /// <summary>
    /// Remembers a place just before a value, to come back to it with <see cref="Return"/> after other fields were
    /// read.
    /// </summary>
    public readonly JsonPlace Place => new(_at, _depth);

    /// <summary>Goes back to a place.</summary>
    public void Return(JsonPlace place)
    {
        _at = place.At;
        _depth = place.Depth;
        _needsComma = false;
    }

    /// <summary>Goes back to a place that was taken just behind a value of an array or object.</summary>
    public void ReturnAfterValue(JsonPlace place)
    {
        Return(place);
        _needsComma = true;
    }

    /// <summary>The kind of the next value, without taking it.</summary>
    public JsonKind Peek()
    {
        SkipSpace();
        return _at >= _json.Length ? JsonKind.None : JsonKinds.Of(_json[_at]);
    }

    /// <summary>Enters an object; its names follow by <see cref="TryNextName"/>.</summary>
    public bool TryEnterObject() => TryEnter((byte)'{');

    /// <summary>Enters an array; <see cref="TryNextElement"/> stops before each of its values.</summary>
    public bool TryEnterArray() => TryEnter((byte)'[');

    /// <summary>
    /// Takes the next name of the object and stands before its value; false at its end or on a fault.
    /// </summary>
    public bool TryNextName(out JsonText name)
    {
        name = default;
        if (!TryNext((byte)'}') || !TryReadString(out name))
        {
            return false;
        }

        SkipSpace();
        if (!TryTake((byte)':'))
        {
            return false;
        }

        _needsComma = false;
        return true;
    }

    /// <summary>Stands before the next value of the array; false at its end or on a fault.</summary>
    public bool TryNextElement() => TryNext((byte)']');

    /// <summary>Takes a string.</summary>
    public bool TryReadString(out JsonText text)
    {
        text = default;
        SkipSpace();
        if (!TryStart((byte)'"'))
        {
            return false;
        }

        var start = _at;
        var escaped = false;
        while (true)
        {
            var found = IndexOfStringEnd(_json[_at..]);
            if (found < 0)
            {
                return Fail(JsonFault.Truncated);
            }

            _at += found;
            if (_json[_at] == (byte)'"')
            {
                break;
            }

            if (_json[_at] != (byte)'\\' || !TrySkipEscape())
            {
                return Fail(JsonFault.Malformed);
            }

            escaped = true;
        }

        text = new JsonText(_json[start.._at], escaped);
        _at++;
        _needsComma = true;
        return true;
    }

    /// <summary>Takes a number as its text.</summary>
    public bool TryReadNumber(out ReadOnlySpan<byte> text)
    {
        text = default;
        SkipSpace();
        if (Fault != JsonFault.None)
        {
            return false;
        }

        var length = JsonNumber.Length(_json[_at..]);
        if (length == 0)
        {
            return FailNumber();
        }

        text = _json.Slice(_at, length);
        _at += length;
        _needsComma = true;
        return true;
    }

    /// <summary>Takes a whole number that fits 64 bits, given as a number or as a string of digits.</summary>
    public bool TryReadInteger(out long value)
    {
        value = 0;
        if (Peek() != JsonKind.String)
        {
            return TryReadNumber(out var number)
                && (AsciiInteger.TryParse(number, out value) || Fail(JsonFault.Malformed));
        }

        Span<byte> room = stackalloc byte[64];
        return TryReadString(out var quoted)
            && ((quoted.TryResolve(room, out var text) && AsciiInteger.TryParse(text, out value))
                || Fail(JsonFault.Malformed));
    }

    /// <summary>
    /// Takes the text of a number, given as a number or inside of a string; a string with escapes is resolved into
    /// <paramref name="room"/>. Whether a string holds a number is for the caller to find out.
    /// </summary>
    public bool TryReadNumberText(Span<byte> room, out ReadOnlySpan<byte> text)
    {
        if (Peek() != JsonKind.String)
        {
            return TryReadNumber(out text);
        }

        text = default;
        return TryReadString(out var quoted) && (quoted.TryResolve(room, out text) || Fail(JsonFault.Malformed));
    }

    /// <summary>Takes true or false.</summary>
    public bool TryReadBoolean(out bool value)
    {
        SkipSpace();
        value = _at < _json.Length && _json[_at] == (byte)'t';
        return TryTakeWord(value ? "true"u8 : "false"u8);
    }

    /// <summary>Passes any value.</summary>
    public bool TrySkip()
    {
        switch (Peek())
        {
            case JsonKind.String:
                return TryReadString(out _);
            case JsonKind.Number:
                return TryReadNumber(out _);
            case JsonKind.Object:
            case JsonKind.Array:
                return TrySkipContainer();
            case JsonKind.True:
                return TryTakeWord("true"u8);
            case JsonKind.False:
                return TryTakeWord("false"u8);
            case JsonKind.Null:
                return TryTakeWord("null"u8);
            default:
                return Fail(_at >= _json.Length ? JsonFault.Truncated : JsonFault.Malformed);
        }
    }

    /// <summary>True when only white space is left and nothing went wrong.</summary>
    public bool TryFinish()
    {
        SkipSpace();
        if (Fault != JsonFault.None)
        {
            return false;
        }

        return _at == _json.Length ? _depth == 0 || Fail(JsonFault.Truncated) : Fail(JsonFault.Malformed);
    }

    private bool TrySkipContainer()
    {
        var floor = _depth;
        do
        {
            var kind = Peek();
            var done = kind switch
            {
                JsonKind.Object => TryEnterObject(),
                JsonKind.Array => TryEnterArray(),
                _ => TrySkip(),
            };
            if (!done || !TrySettle(floor))
            {
                return false;
            }
        }
        while (_depth > floor);

        return true;
    }

    /// <summary>
    /// After a value inside of a skipped container: leaves containers that end, stands before the next value.
    /// </summary>
    private bool TrySettle(int floor)
    {
        while (_depth > floor)
        {
            var inObject = ((_objects >> (_depth - 1)) & 1) != 0;
            if (inObject ? TryNextName(out _) : TryNextElement())
            {
                return true;
            }

            if (Fault != JsonFault.None)
            {
                return false;
            }
        }

        return Fault == JsonFault.None;
    }

    private bool TryEnter(byte opening)
    {
        SkipSpace();
        if (!TryStart(opening))
        {
            return false;
        }

        if (_depth == MaxDepth)
        {
            return Fail(JsonFault.TooDeep);
        }

        var bit = 1UL << _depth++;
        _objects = opening == (byte)'{' ? _objects | bit : _objects & ~bit;
        _needsComma = false;
        return true;
    }

    private bool TryNext(byte closing)
    {
        SkipSpace();
        if (Fault != JsonFault.None)
        {
            return false;
        }

        if (_at >= _json.Length)
        {
            return Fail(JsonFault.Truncated);
        }

        if (_json[_at] == closing)
        {
            _at++;
            _depth--;
            _needsComma = true;
            return false;
        }

        if (_needsComma)
        {
            if (!TryTake((byte)','))
            {
                return false;
            }

            _needsComma = false;
            SkipSpace();
            if (_at < _json.Length && _json[_at] == closing)
            {
                return Fail(JsonFault.Malformed);   // a comma before the end
            }
        }

        return true;
    }

    private bool TryStart(byte expected)
    {
        if (Fault != JsonFault.None)
        {
            return false;
        }

        if (_at >= _json.Length)
        {
            return Fail(JsonFault.Truncated);
        }

        if (_json[_at] != expected)
        {
            return Fail(JsonKinds.Of(_json[_at]) == JsonKind.None ? JsonFault.Malformed : JsonFault.UnexpectedKind);
        }

        _at++;
        return true;
    }

    private bool TryTake(byte expected)
    {
        if (_at >= _json.Length)
        {
            return Fail(JsonFault.Truncated);
        }

        if (_json[_at] != expected)
        {
            return Fail(JsonFault.Malformed);
        }

        _at++;
        return true;
    }

    private bool TryTakeWord(ReadOnlySpan<byte> word)
    {
        if (Fault != JsonFault.None)
        {
            return false;
        }

        var rest = _json[_at..];
        if (!rest.StartsWith(word))
        {
            return Fail(word.StartsWith(rest) ? JsonFault.Truncated : JsonFault.Malformed);
        }

        _at += word.Length;
        _needsComma = true;
        return true;
    }

    private bool TrySkipEscape()
    {
        if (_at + 1 >= _json.Length)
        {
            return false;
        }

        var kind = _json[_at + 1];
        if (kind != (byte)'u')
        {
            _at += 2;
            return "\"\\/bfnrt"u8.Contains(kind);
        }

        if (_at + 6 > _json.Length)
        {
            return false;
        }

        foreach (var digit in _json.Slice(_at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        _at += 6;
        return true;
    }

    /// <summary>Index of the first quote, backslash or control character.</summary>
    private static int IndexOfStringEnd(ReadOnlySpan<byte> text)
    {
        // Prices, quantities and names are short: a plain loop beats the set-up of a vectorized search.
        var near = Math.Min(text.Length, 24);
        for (var index = 0; index < near; index++)
        {
            var value = text[index];
            if (value is (byte)'"' or (byte)'\\' or < 0x20)
            {
                return index;
            }
        }

        if (text.Length == near)
        {
            return -1;
        }

        var far = text[near..].IndexOfAny(JsonKinds.StringEnds);
        return far < 0 ? -1 : near + far;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        while (_at < _json.Length && _json[_at] is 0x20 or 0x0A or 0x0D or 0x09)
        {
            _at++;
        }
    }

    private bool FailNumber()
    {
        if (_at >= _json.Length)
        {
            return Fail(JsonFault.Truncated);
        }

        return Fail(Peek() is JsonKind.Number or JsonKind.None ? JsonFault.Malformed : JsonFault.UnexpectedKind);
    }

    private bool Fail(JsonFault fault)
    {
        if (Fault == JsonFault.None)
        {
            Fault = fault;
        }

        return false;
    }
}
