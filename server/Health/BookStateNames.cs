using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Server.Health;

/// <summary>The states of books as pages, metrics and JSON spell them: lower case.</summary>
internal static class BookStateNames
{
    private static readonly string[] Names =
        Array.ConvertAll(Enum.GetNames<BookState>(), static name => name.ToLowerInvariant());

    /// <summary>All names, by the numeric value of the state.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of one.</summary>
    public static string Of(BookState state) => Names[(int)state];
}
