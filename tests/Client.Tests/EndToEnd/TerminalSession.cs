using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.EndToEnd;

/// <summary>A shell in a real terminal: a tmux server of its own, with one window.</summary>
internal sealed class TerminalSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("quoter-tmux-").FullName;

    private bool _isClosed;

    /// <summary>A folder for files of the test; deleted with the session.</summary>
    public string Folder => _folder;

    private string Socket => Path.Combine(_folder, "socket");

    /// <summary>
    /// Opens a window of the given size with bash, the shell that most people have, and a bare prompt.
    /// </summary>
    public static async Task<TerminalSession> OpenAsync(int width, int height)
    {
        var session = new TerminalSession();
        await session.TmuxAsync(
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", $"{width}", "-y", $"{height}",
            "-e", "LC_ALL=C.UTF-8", "-e", "PS1=> ", "/bin/bash --norc --noprofile");
        return session;
    }

    /// <summary>Types keys as tmux names them; text that names no key is typed as it is.</summary>
    public Task TypeAsync(params string[] keys) => TmuxAsync(["send-keys", "-t", "0", .. keys]);

    /// <summary>Changes the window's size.</summary>
    public Task ResizeAsync(int width, int height) =>
        TmuxAsync("resize-window", "-t", "0", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Closes the window under what runs in it.</summary>
    public async Task CloseAsync()
    {
        await TmuxAsync("kill-server");
        _isClosed = true;
    }

    /// <summary>What the window shows, with its colors as escape sequences where asked for.</summary>
    public Task<string> CaptureAsync(bool colors = false) =>
        colors ? TmuxAsync("capture-pane", "-p", "-e", "-t", "0") : TmuxAsync("capture-pane", "-p", "-t", "0");

    /// <summary>Looks until the window shows what is wanted, and returns that picture.</summary>
    public async Task<string> WaitUntilAsync(string what, Func<string, bool> isShown)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var picture = await CaptureAsync();
            if (isShown(picture))
            {
                return picture;
            }

            Assert.That(
                Stopwatch.GetElapsedTime(started), Is.LessThan(Patience), $"no {what} in the window:\n{picture}");
            await Task.Delay(Glance);
        }
    }

    /// <summary>Ends the tmux server and what runs in it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            await CloseAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> TmuxAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-S", Socket, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.That(process.ExitCode, Is.Zero, $"tmux {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }
}
