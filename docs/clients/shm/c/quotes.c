/* Prints quotes from shared memory, a JSON object a line.
 *   cc -std=c11 -O2 -Wall -Wextra -Werror -o quotes quotes.c
 *   ./quotes NAME latest     the latest quote of each instrument
 *   ./quotes NAME changes    every change that the ring holds
 *   ./quotes NAME watch      every change from now on, until the writer ends
 * The last line tells of the writer. Exit code 1 when the file cannot be read. */
#define _POSIX_C_SOURCE 200809L
#include "llq_shm.h"

static const char *const States[] = {"alive", "silent", "dead", "closed", "superseded"};

/* An integer with its point in the right place, exactly. */
static void print_decimal(int64_t value, int scale) {
    char digits[32];
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int length = snprintf(digits, sizeof digits, "%0*llu", scale + 1, (unsigned long long)left);
    printf("\"%s%.*s%s%s\"", value < 0 ? "-" : "", length - scale, digits, scale ? "." : "",
           digits + length - scale);
}

static void print_rows(const struct llq_reader *reader, const struct llq_quote *quote, const struct llq_row *rows,
                       int count) {
    for (int row = 0; row < count; row++) {
        char venue[LLQ_VENUE_BYTES];
        llq_venue_name(reader, quote->venues[rows[row].member].venue, venue);
        printf("%s[\"%s\",", row ? "," : "", venue);
        print_decimal(rows[row].price, quote->price_scale);
        printf(",");
        print_decimal(rows[row].quantity, quote->quantity_scale);
        printf("]");
    }
}

static void print_quote(const struct llq_reader *reader, const struct llq_quote *quote) {
    struct llq_instrument entry;
    int known = llq_instrument(reader, quote->place, &entry) && entry.generation == quote->generation;
    printf("{\"instrument\":\"%.*s\",\"sequence\":%lld,\"change\":%lld,\"epoch\":%lld,\"crossed\":%s,\"bids\":[",
           known ? entry.name_length : 0, entry.name, (long long)quote->sequence, (long long)quote->change,
           (long long)quote->epoch, (quote->flags & 2) != 0 ? "true" : "false");
    print_rows(reader, quote, quote->bids, quote->bid_count);
    printf("],\"asks\":[");
    print_rows(reader, quote, quote->asks, quote->ask_count);
    printf("]}\n");
}

int main(int count, char **words) {
    static struct llq_quote quote;
    struct llq_reader reader;
    if (count != 3) {
        fprintf(stderr, "usage: quotes NAME latest|changes|watch\n");
        return 2;
    }

    const char *fault = llq_open(&reader, words[1]);
    if (fault != NULL) {
        fprintf(stderr, "%s: %s\n", words[1], fault);
        return 1;
    }

    if (strcmp(words[2], "latest") == 0) {
        for (int place = 0; place < reader.places; place++)
            if (llq_latest(&reader, place, &quote) == LLQ_QUOTE)
                print_quote(&reader, &quote);
    } else {
        int watches = strcmp(words[2], "watch") == 0;
        if (!watches)
            llq_start_at_oldest(&reader);
        int64_t last = llq_cursor(&reader);
        while (watches || reader.next <= last) {
            if (llq_next(&reader, &quote) == LLQ_QUOTE) {
                print_quote(&reader, &quote);
            } else if (!watches || llq_check_writer(&reader, 1000000000) >= LLQ_DEAD) {
                break;
            } else {
                fflush(stdout);
                nanosleep(&(struct timespec){0, 1000000}, NULL);
            }
        }
    }

    printf("{\"writer\":\"%s\",\"pid\":%d,\"epoch\":%lld,\"missed\":%lld}\n",
           States[llq_check_writer(&reader, 1000000000)], llq_writer_pid(&reader), (long long)llq_epoch(&reader),
           (long long)reader.missed);
    llq_close(&reader);
    return 0;
}
