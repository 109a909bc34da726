/* Reads quotes from shared memory: the layout of docs/shared-memory.md, version 1. C11 and POSIX, no library.
 * A reader waits for nobody; one thread uses an llq_reader at a time. */
#ifndef LLQ_SHM_H
#define LLQ_SHM_H

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LLQ_MEMBERS_MAX 16
#define LLQ_LEVELS_MAX 1000
#define LLQ_FILE_MAX (INT64_C(1) << 31)
#define LLQ_HEADER_BYTES 4096
#define LLQ_ENTRY_BYTES 128
#define LLQ_VENUE_BYTES 32
#define LLQ_RECORD_BYTES 336
#define LLQ_ROW_BYTES 24
#define LLQ_LOOKS_MAX 10000

enum llq_read { LLQ_QUOTE, LLQ_NOTHING, LLQ_TORN };
enum llq_writer { LLQ_ALIVE, LLQ_SILENT, LLQ_DEAD, LLQ_CLOSED, LLQ_SUPERSEDED };

/* A venue's book as a quote rests on it. */
struct llq_venue {
    int64_t received_nanos; /* 0 before the first message; age = published_nanos - this */
    uint16_t venue;         /* number in the list of venues */
    uint8_t state;          /* 3 is live */
    uint8_t spare;
    uint32_t reserved;
};

struct llq_row {
    int64_t price;
    int64_t quantity;
    int32_t member; /* index among the quote's venues */
    int32_t reserved;
};

/* A whole quote; 8 bytes of version, then this, lie in each slot. */
struct llq_quote {
    int64_t sequence, change, epoch;
    int64_t venue_unix_nanos, received_nanos, published_nanos;
    int32_t place;
    uint32_t generation;
    uint32_t flags; /* 1 there is a quote, 2 crossed */
    int32_t bid_count, ask_count;
    uint8_t price_scale, quantity_scale, member_count, cause_member;
    struct llq_venue venues[LLQ_MEMBERS_MAX];
    struct llq_row bids[LLQ_LEVELS_MAX], asks[LLQ_LEVELS_MAX];
};

struct llq_instrument {
    uint32_t generation, state; /* state 1: quoted */
    int32_t position;
    uint8_t price_scale, quantity_scale;
    uint16_t venue_count;
    uint8_t venues[LLQ_MEMBERS_MAX];
    uint8_t name_length;
    char name[95];
};

struct llq_reader {
    const uint8_t *start;
    int64_t file_bytes;
    int64_t next;   /* the change that llq_next reads next */
    int64_t missed; /* changes that this reader was too slow for */
    int32_t levels, places, venues, slot_bytes;
    int64_t ring_slots, slots, ring, instruments, names;
};

_Static_assert(sizeof(struct llq_venue) == 16, "a venue takes 16 bytes");
_Static_assert(sizeof(struct llq_row) == LLQ_ROW_BYTES, "a row takes 24 bytes");
_Static_assert(sizeof(struct llq_instrument) == LLQ_ENTRY_BYTES, "an entry takes 128 bytes");
_Static_assert(offsetof(struct llq_quote, bids) == LLQ_RECORD_BYTES - 8, "rows begin at 336 of a slot");

static inline int64_t llq_i64(const struct llq_reader *reader, int64_t offset) {
    int64_t value;
    memcpy(&value, reader->start + offset, sizeof value);
    return value;
}

static inline int32_t llq_i32(const struct llq_reader *reader, int64_t offset) {
    int32_t value;
    memcpy(&value, reader->start + offset, sizeof value);
    return value;
}

/* Acquire: what is read behind it is not read before it. */
static inline int64_t llq_load(const struct llq_reader *reader, int64_t offset) {
    return atomic_load_explicit((const _Atomic int64_t *)(const void *)(reader->start + offset), memory_order_acquire);
}

static inline int64_t llq_epoch(const struct llq_reader *reader) { return llq_i64(reader, 32); }
static inline int32_t llq_writer_pid(const struct llq_reader *reader) { return llq_i32(reader, 40); }
static inline int64_t llq_cursor(const struct llq_reader *reader) { return llq_load(reader, 128); }
static inline int64_t llq_directory_version(const struct llq_reader *reader) { return llq_load(reader, 192); }

static inline int llq_holds(int64_t file, int64_t offset, int64_t count, int64_t bytes) {
    return offset >= LLQ_HEADER_BYTES && offset % 8 == 0 && offset <= file && count <= (file - offset) / bytes;
}

/* What is wrong with the file, or NULL. */
static inline const char *llq_fault(struct llq_reader *reader) {
    if (memcmp(reader->start, "LLQUOTES", 8) != 0)
        return "does not begin with LLQUOTES";
    if (llq_i32(reader, 12) != 0x01020304)
        return "was written on a machine with the other byte order";
    if (llq_i32(reader, 8) != 1)
        return "has a layout of another version than 1";
    if (llq_i64(reader, 16) != reader->file_bytes)
        return "is not as long as its header says";
    reader->levels = llq_i32(reader, 256);
    reader->places = llq_i32(reader, 260);
    reader->venues = llq_i32(reader, 264);
    reader->names = llq_i64(reader, 272);
    reader->instruments = llq_i64(reader, 288);
    reader->slots = llq_i64(reader, 296);
    reader->slot_bytes = llq_i32(reader, 304);
    reader->ring = llq_i64(reader, 312);
    reader->ring_slots = llq_i64(reader, 320);
    if (reader->levels < 1 || reader->levels > LLQ_LEVELS_MAX || reader->places < 1 || reader->places > 65536 ||
        reader->venues < 1 || reader->venues > 256 || llq_i32(reader, 268) != LLQ_MEMBERS_MAX ||
        llq_i32(reader, 280) != LLQ_VENUE_BYTES || llq_i32(reader, 284) != LLQ_ENTRY_BYTES ||
        llq_i32(reader, 308) != LLQ_RECORD_BYTES || llq_i32(reader, 328) != LLQ_ROW_BYTES ||
        reader->slot_bytes % 64 != 0 || reader->slot_bytes > 1 << 20 ||
        reader->slot_bytes < LLQ_RECORD_BYTES + 2 * reader->levels * LLQ_ROW_BYTES || reader->ring_slots < 2 ||
        reader->ring_slots > LLQ_FILE_MAX || (reader->ring_slots & (reader->ring_slots - 1)) != 0 ||
        !llq_holds(reader->file_bytes, reader->names, reader->venues, LLQ_VENUE_BYTES) ||
        !llq_holds(reader->file_bytes, reader->instruments, reader->places, LLQ_ENTRY_BYTES) ||
        !llq_holds(reader->file_bytes, reader->slots, reader->places, reader->slot_bytes) ||
        !llq_holds(reader->file_bytes, reader->ring, reader->ring_slots, reader->slot_bytes))
        return "names parts that do not lie in it";
    return NULL;
}

static inline void llq_close(struct llq_reader *reader) {
    if (reader->start != NULL)
        munmap((void *)(uintptr_t)reader->start, (size_t)reader->file_bytes);
    reader->start = NULL;
}

/* Maps a file: a name in /dev/shm, or a path from the root. NULL when all is well, or what is wrong. */
static inline const char *llq_open(struct llq_reader *reader, const char *name) {
    char path[512];
    struct stat facts;
    memset(reader, 0, sizeof *reader);
    int length = snprintf(path, sizeof path, "%s%s", name[0] == '/' ? "" : "/dev/shm/", name);
    if (length < 0 || (size_t)length >= sizeof path)
        return "has too long a name";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return strerror(errno);
    if (fstat(file, &facts) != 0 || facts.st_size < LLQ_HEADER_BYTES || facts.st_size > LLQ_FILE_MAX) {
        close(file);
        return "is shorter than a header, or longer than any such file";
    }
    void *start = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (start == MAP_FAILED)
        return strerror(errno);
    reader->start = start;
    reader->file_bytes = facts.st_size;
    const char *fault = llq_fault(reader);
    if (fault != NULL)
        llq_close(reader);
    else
        reader->next = llq_cursor(reader) + 1;
    return fault;
}

/* Copies a venue's name; the text holds 32 bytes. */
static inline void llq_venue_name(const struct llq_reader *reader, int venue, char *text) {
    const uint8_t *entry = reader->start + reader->names + (int64_t)venue * LLQ_VENUE_BYTES;
    size_t length = entry[0] < LLQ_VENUE_BYTES ? entry[0] : LLQ_VENUE_BYTES - 1;
    memcpy(text, entry + 1, length);
    text[length] = 0;
}

/* Copies a slot; 0 when it was written to meanwhile: what was copied is then worth nothing. */
static inline int llq_take(const struct llq_reader *reader, int64_t slot, int64_t version, struct llq_quote *quote) {
    const uint8_t *bytes = reader->start + slot;
    memcpy(quote, bytes + 8, LLQ_RECORD_BYTES - 8);
    if (quote->bid_count < 0 || quote->bid_count > reader->levels || quote->ask_count < 0 ||
        quote->ask_count > reader->levels || quote->member_count > LLQ_MEMBERS_MAX)
        return 0; /* torn: counts of two quotes */
    memcpy(quote->bids, bytes + LLQ_RECORD_BYTES, (size_t)quote->bid_count * LLQ_ROW_BYTES);
    memcpy(quote->asks, bytes + LLQ_RECORD_BYTES + (size_t)reader->levels * LLQ_ROW_BYTES,
           (size_t)quote->ask_count * LLQ_ROW_BYTES);
    atomic_thread_fence(memory_order_acquire); /* no byte of the copy is read behind the second look */
    return llq_load(reader, slot) == version;
}

/* The latest quote of a place. */
static inline enum llq_read llq_latest(const struct llq_reader *reader, int place, struct llq_quote *quote) {
    int64_t slot = reader->slots + (int64_t)place * reader->slot_bytes;
    for (int look = 0; look < LLQ_LOOKS_MAX; look++) {
        int64_t version = llq_load(reader, slot);
        if (version == 0)
            return LLQ_NOTHING;
        if ((version & 1) == 0 && llq_take(reader, slot, version, quote))
            return (quote->flags & 1) != 0 ? LLQ_QUOTE : LLQ_NOTHING;
    }
    return LLQ_TORN;
}

/* The next change of any instrument; who was overtaken goes on with what is safe, and missed says how many it lost. */
static inline enum llq_read llq_next(struct llq_reader *reader, struct llq_quote *quote) {
    for (int look = 0; look < LLQ_LOOKS_MAX; look++) {
        int64_t slot = reader->ring + (reader->next & (reader->ring_slots - 1)) * reader->slot_bytes;
        int64_t complete = 2 * reader->next + 2;
        int64_t version = llq_load(reader, slot);
        if (version < complete)
            return LLQ_NOTHING;
        if (version == complete && llq_take(reader, slot, version, quote)) {
            reader->next++;
            return LLQ_QUOTE;
        }
        int64_t oldest = llq_cursor(reader) - reader->ring_slots + 1 + reader->ring_slots / 8;
        if (oldest <= reader->next)
            oldest = reader->next + 1;
        reader->missed += oldest - reader->next;
        reader->next = oldest;
    }
    return LLQ_TORN;
}

/* Lets llq_next begin with the oldest change that is not the next to be overwritten. */
static inline void llq_start_at_oldest(struct llq_reader *reader) {
    int64_t oldest = llq_cursor(reader) - reader->ring_slots + 2;
    reader->next = oldest > 0 ? oldest : 0;
}

/* Copies the entry of a place; 0 when the writer was writing at every look, or died in it. */
static inline int llq_instrument(const struct llq_reader *reader, int place, struct llq_instrument *entry) {
    for (int look = 0; look < 1000 * LLQ_LOOKS_MAX; look++) {
        int64_t version = llq_directory_version(reader);
        if ((version & 1) != 0)
            continue;
        memcpy(entry, reader->start + reader->instruments + (int64_t)place * LLQ_ENTRY_BYTES, sizeof *entry);
        atomic_thread_fence(memory_order_acquire);
        if (llq_directory_version(reader) == version)
            return entry->name_length <= sizeof entry->name;
    }
    return 0;
}

/* When a process started, field 22 of /proc/PID/stat; 0 when it does not run. */
static inline int64_t llq_process_start(int pid) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    char state;
    long long start;
    const char *rest = strrchr(text, ')');
    if (rest == NULL ||
        sscanf(rest + 1, " %c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lld", &state,
               &start) != 2)
        return 0;
    return state == 'Z' || state == 'X' ? 0 : start;
}

/* Whether the writer lives; it beats at least each 100 ms. */
static inline enum llq_writer llq_check_writer(const struct llq_reader *reader, int64_t silence_nanos) {
    int32_t state = atomic_load_explicit((const _Atomic int32_t *)(const void *)(reader->start + 28),
                                         memory_order_acquire);
    if (state == LLQ_CLOSED || state == LLQ_SUPERSEDED)
        return (enum llq_writer)state;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((int64_t)now.tv_sec * 1000000000 + now.tv_nsec - llq_load(reader, 64) <= silence_nanos)
        return LLQ_ALIVE;
    return llq_process_start(llq_writer_pid(reader)) == llq_i64(reader, 48) ? LLQ_SILENT : LLQ_DEAD;
}

#endif
