/* Reads a file whose quotes a test writes at full speed: the best bid and the best ask have the same quantity, which
 * follows from the quote's number, so that a copy of two quotes shows. Usage: litmus FILE QUOTES SECONDS; 0 when so
 * many quotes were read and all of them were whole. */
#define _POSIX_C_SOURCE 200809L
#include "../../../docs/clients/shm/c/llq_shm.h"
#include <stdlib.h>

#define BASE 1000000

static int is_whole(const struct llq_quote *quote) {
    return quote->bid_count > 0 && quote->ask_count > 0 && quote->bids[0].quantity == quote->sequence + BASE &&
           quote->asks[0].quantity == quote->sequence + BASE;
}

int main(int count, char **words) {
    static struct llq_quote quote;
    struct llq_reader reader;
    if (count != 4)
        return 2;
    const char *fault = llq_open(&reader, words[1]);
    if (fault != NULL) {
        fprintf(stderr, "%s: %s\n", words[1], fault);
        return 1;
    }

    long wanted = atol(words[2]), latest = 0, changes = 0, torn = 0;
    time_t end = time(NULL) + atol(words[3]);
    int64_t last_change = -1, last_sequence = -1;
    while (latest < wanted || changes < wanted) {
        if (time(NULL) > end) {
            fprintf(stderr, "only %ld latest quotes and %ld changes, %ld torn\n", latest, changes, torn);
            return 1;
        }

        enum llq_read read = llq_latest(&reader, 0, &quote);
        torn += read == LLQ_TORN;
        if (read == LLQ_QUOTE) {
            if (!is_whole(&quote) || quote.sequence < last_sequence) {
                fprintf(stderr, "latest %lld is not whole, or older than the one before\n", (long long)quote.sequence);
                return 1;
            }

            latest += quote.sequence != last_sequence;
            last_sequence = quote.sequence;
        }

        read = llq_next(&reader, &quote);
        torn += read == LLQ_TORN;
        if (read == LLQ_QUOTE) {
            if (!is_whole(&quote) || quote.change <= last_change || quote.change != reader.next - 1) {
                fprintf(stderr, "change %lld is not whole, or out of order\n", (long long)quote.change);
                return 1;
            }

            last_change = quote.change;
            changes++;
        }
    }

    printf("{\"latest\":%ld,\"changes\":%ld,\"missed\":%lld,\"torn\":%ld}\n", latest, changes,
           (long long)reader.missed, torn);
    return 0;
}
