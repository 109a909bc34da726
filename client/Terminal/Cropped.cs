using System.Collections.Generic;
using System.Linq;
using Spectre.Console.Rendering;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// Content that keeps its own width and is cut at the window's edges. Left to itself a table would squeeze its columns
/// and fold numbers in two, which read like other numbers.
/// </summary>
internal sealed class Cropped : Renderable
{
    private const int AmpleWidth = 1_000;

    private readonly IRenderable _content;
    private readonly int _height;

    /// <summary>Cuts content to so many lines.</summary>
    public Cropped(IRenderable content, int height)
    {
        _content = content;
        _height = height;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Segment.SplitLines(_content.Render(options, AmpleWidth)).Take(_height))
        {
            foreach (var segment in Segment.Truncate(line, maxWidth))
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }
    }
}
