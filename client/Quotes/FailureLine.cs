using System.Text;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>The one line a failure is told in: what failed, where, why, and what to do about it.</summary>
internal static class FailureLine
{
    /// <summary>The line for stderr.</summary>
    public static string Of(QuoteStreamException failure, ServerAddress server) =>
        $"{Short(failure, server)}; {Fix(failure, server)}";

    /// <summary>The same without the fix, for a status line.</summary>
    public static string Short(QuoteStreamException failure, ServerAddress server) => failure.IsUnreachable
        ? $"cannot reach {server}: {failure.Message}"
        : $"{StatusName(failure.Status)} from {server}: {failure.Message}";

    /// <summary>The reason alone, where the server is named beside it.</summary>
    public static string Reason(QuoteStreamException failure) => failure.IsUnreachable
        ? failure.Message
        : $"{StatusName(failure.Status)}: {failure.Message}";

    /// <summary>A status as the gRPC documents write it, for instance <c>DEADLINE_EXCEEDED</c>.</summary>
    public static string StatusName(StatusCode status)
    {
        var name = new StringBuilder();
        foreach (var letter in status.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }

    private static string Fix(QuoteStreamException failure, ServerAddress server) => failure switch
    {
        { IsUnreachable: true } when server.IsLoopback =>
            $"start it with {StartCommand(server)}, or name another with --port",
        { IsUnreachable: true } => "check that a quoter listens there, or name another with --host and --port",
        { Status: StatusCode.DeadlineExceeded } => "allow more time with --timeout",
        { Status: StatusCode.Unimplemented } => "name the gRPC port of a quoter with --port",
        { Status: StatusCode.Unauthenticated or StatusCode.PermissionDenied } =>
            "this client sends no credentials: use a port of the server that asks for none",
        { IsTransient: true } => "see whether the server still runs, or keep trying with --reconnect",
        _ => "the server's log says more",
    };

    private static string StartCommand(ServerAddress server) => server.Port == ServerAddress.DefaultPort
        ? "dotnet run -c Release --project server"
        : $"dotnet run -c Release --project server -- --port {server.Port}";
}
