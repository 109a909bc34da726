using System;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// Draws a share of the whole as a bar of twelve cells: eighths of a cell with Unicode, whole ones without.
/// </summary>
internal sealed class LadderBar
{
    /// <summary>Cells of a full bar.</summary>
    public const int Width = 12;

    private const string Eighths = "▏▎▍▌▋▊▉█";

    private readonly bool _unicode;

    /// <summary>Makes one for terminals with or without Unicode.</summary>
    public LadderBar(bool unicode) => _unicode = unicode;

    /// <summary>The bar; anything above zero shows at least its smallest mark.</summary>
    public string Draw(double part, double whole)
    {
        if (!(part > 0) || !(whole > 0))
        {
            return "";
        }

        var share = Math.Min(part / whole, 1);
        if (!_unicode)
        {
            return new string('#', Math.Max((int)Math.Round(share * Width), 1));
        }

        var eighths = Math.Max((int)Math.Round(share * Width * Eighths.Length), 1);
        var bar = new string(Eighths[^1], eighths / Eighths.Length);
        return eighths % Eighths.Length == 0 ? bar : bar + Eighths[(eighths % Eighths.Length) - 1];
    }
}
