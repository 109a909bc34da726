using System.Collections.Generic;
using Spectre.Console.Rendering;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Two contents side by side, line by line, the right one from a fixed column on.</summary>
internal sealed class Beside : Renderable
{
    private readonly IRenderable _left;
    private readonly IRenderable _right;
    private readonly int _column;

    /// <summary>Puts the right content beside the left one, which is cut before the column.</summary>
    public Beside(IRenderable left, IRenderable right, int column)
    {
        _left = left;
        _right = right;
        _column = column;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var left = Segment.SplitLines(_left.Render(options, _column)).ToArray();
        var right = Segment.SplitLines(_right.Render(options, maxWidth)).ToArray();
        for (var line = 0; line < left.Length || line < right.Length; line++)
        {
            var width = 0;
            foreach (var segment in line < left.Length ? Segment.Truncate(left[line], _column) : [])
            {
                width += segment.CellCount();
                yield return segment;
            }

            if (line < right.Length)
            {
                yield return Segment.Padding(_column - width);
                foreach (var segment in right[line])
                {
                    yield return segment;
                }
            }

            yield return Segment.LineBreak;
        }
    }
}
