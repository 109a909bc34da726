using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// A fingerprint of the final state of all books. SHA-256 over text, so that anyone can recompute it: for each book, by
/// venue and symbol in ordinal order, a line <c>venue symbol State lastUpdateId</c>, then a line
/// <c>b price quantity</c> for each bid and <c>a price quantity</c> for each ask, best first, numbers without trailing
/// zeros. Independent of scales, times and threads.
/// </summary>
public static class StateHash
{
    /// <summary>Computes it.</summary>
    /// <param name="table">The books with their states; no thread may be changing them.</param>
    /// <param name="books">Copies of all of them, in the table's order.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static string Compute(BookTable table, IReadOnlyList<BookCopy> books)
    {
        var order = new List<int>();
        for (var book = 0; book < books.Count; book++)
        {
            order.Add(book);
        }

        order.Sort((left, right) =>
        {
            var byVenue = string.CompareOrdinal(table.Definitions[left].Venue, table.Definitions[right].Venue);
            return byVenue != 0
                ? byVenue
                : string.CompareOrdinal(table.Definitions[left].Symbol, table.Definitions[right].Symbol);
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var book in order)
        {
            Append(hash, table, book, books[book]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, BookTable table, int index, BookCopy book)
    {
        var definition = table.Definitions[index];
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{definition.Venue} {definition.Symbol} {table.Statuses[index].State} {book.LastUpdateId}\n"));
        Append(hash, (byte)'b', book.Bids, book);
        Append(hash, (byte)'a', book.Asks, book);
    }

    private static void Append(IncrementalHash hash, byte letter, IReadOnlyList<Level> levels, BookCopy book)
    {
        Span<byte> line = stackalloc byte[4 + (2 * ScaledText.MaxBytes)];
        foreach (var level in levels)
        {
            line[0] = letter;
            line[1] = (byte)' ';
            var at = 2 + ScaledText.Write(line[2..], level.Price, book.PriceScale);
            line[at++] = (byte)' ';
            at += ScaledText.Write(line[at..], level.Quantity, book.QuantityScale);
            line[at++] = (byte)'\n';
            hash.AppendData(line[..at]);
        }
    }
}
