#!/usr/bin/env python3
"""Prints quotes from shared memory, a JSON object a line; Python 3.9 or newer, no package.

    quotes.py NAME latest     the latest quote of each instrument
    quotes.py NAME changes    every change that the ring holds
    quotes.py NAME watch      every change from now on, until the writer ends

The last line tells of the writer. The layout is that of docs/shared-memory.md, version 1.

Memory order: Python has no fences. On x86-64 loads are not reordered with each other. On machines with a weaker order
(ARM64) fence() takes and gives back a lock twice: nothing that is read before it can be read after it, or the other
way round. A torn copy is then found by its version as in any other language.
"""

import json
import mmap
import os
import struct
import sys
import threading
import time

MEMBERS_MAX, RECORD, ROW, ENTRY, VENUE, HEADER = 16, 336, 24, 128, 32, 4096
LOOKS = 10_000
STATES = {0: "alive", 3: "closed", 4: "superseded"}
_lock = threading.Lock()


def fence():
    """Keeps what is read before it before what is read after it."""
    with _lock:
        pass
    with _lock:
        pass


def decimal(value, scale):
    """An integer with its point in the right place, exactly."""
    digits = str(abs(value)).rjust(scale + 1, "0")
    text = digits if scale == 0 else digits[:-scale] + "." + digits[-scale:]
    return "-" + text if value < 0 else text


class SharedQuotes:
    """A file of quotes. One thread uses it."""

    def __init__(self, name):
        self.path = name if name.startswith("/") else "/dev/shm/" + name
        with open(self.path, "rb") as file:
            length = os.fstat(file.fileno()).st_size
            if not HEADER <= length <= 1 << 31:
                raise ValueError(f"{self.path}: {length} bytes are too few or too many for a file of quotes")
            self.map = mmap.mmap(file.fileno(), length, prot=mmap.PROT_READ)
        self._check(length)
        self.words = memoryview(self.map).cast("q")   # reads 8 bytes at once; struct may read them one by one
        self.next = self.cursor() + 1
        self.missed = 0
        self.venues = []
        for venue in range(self.venue_count):
            at = self.names + venue * VENUE
            self.venues.append(self.map[at + 1:at + 1 + min(self.map[at], VENUE - 1)].decode("ascii"))

    def _check(self, length):
        magic, version, order, size = struct.unpack_from("=8sIIq", self.map, 0)   # in this machine's byte order
        if magic != b"LLQUOTES":
            raise ValueError(f"{self.path}: does not begin with LLQUOTES")
        if order != 0x01020304:
            raise ValueError(f"{self.path}: was written on a machine with the other byte order")
        if version != 1:
            raise ValueError(f"{self.path}: its layout has version {version}, this program knows 1")
        if size != length:
            raise ValueError(f"{self.path}: should have {size} bytes and has {length}")
        self.epoch, self.pid, _, self.start = struct.unpack_from("<qiiq", self.map, 32)
        (self.levels, self.places, self.venue_count, members, self.names, venue, entry, self.entries, self.slots,
         self.slot_bytes, rows, self.ring, self.ring_slots, row) = struct.unpack_from("<iiiiqiiqqiiqqi", self.map, 256)
        parts = ((self.names, self.venue_count, VENUE), (self.entries, self.places, ENTRY),
                 (self.slots, self.places, self.slot_bytes), (self.ring, self.ring_slots, self.slot_bytes))
        if ((members, venue, entry, rows, row) != (MEMBERS_MAX, VENUE, ENTRY, RECORD, ROW)
                or not 1 <= self.levels <= 1_000 or self.ring_slots < 2 or self.ring_slots & (self.ring_slots - 1)
                or self.slot_bytes < RECORD + 2 * self.levels * ROW or self.slot_bytes % 64 or length % 8
                or any(at < HEADER or at % 8 or count < 1 or at + count * size > length for at, count, size in parts)):
            raise ValueError(f"{self.path}: names parts that do not lie in it")

    def load(self, at):
        """A 64-bit number that the writer changes; aligned, so that it is read whole."""
        value = self.words[at // 8]
        fence()
        return value

    def cursor(self):
        """Number of the latest change; -1 before the first."""
        return self.load(128)

    def _take(self, slot, version):
        """The slot's bytes, or None when it was written to meanwhile. Nothing of them is believed before that."""
        copy = self.map[slot:slot + self.slot_bytes]
        fence()
        return copy if self.load(slot) == version else None

    def latest(self, place):
        """The latest quote of a place, or None."""
        slot = self.slots + place * self.slot_bytes
        for _ in range(LOOKS):
            version = self.load(slot)
            if version == 0:
                return None
            if version & 1 == 0:
                copy = self._take(slot, version)
                if copy is not None:
                    return self._quote(copy)
        return None

    def read_next(self):
        """The next change of any instrument, or None; missed counts what this reader was too slow for."""
        for _ in range(LOOKS):
            slot = self.ring + (self.next & (self.ring_slots - 1)) * self.slot_bytes
            complete = 2 * self.next + 2
            version = self.load(slot)
            if version < complete:
                return None
            copy = self._take(slot, version) if version == complete else None
            if copy is not None:
                self.next += 1
                return self._quote(copy)
            oldest = max(self.next + 1, self.cursor() - self.ring_slots + 1 + self.ring_slots // 8)
            self.missed += oldest - self.next
            self.next = oldest
        return None

    def start_at_oldest(self):
        """Lets read_next begin with the oldest change that is not the next to be overwritten."""
        self.next = max(0, self.cursor() - self.ring_slots + 2)

    def instrument(self, place, generation):
        """The name of the instrument in a place; empty when another one has it by now."""
        for _ in range(LOOKS):
            version = self.load(192)
            at = self.entries + place * ENTRY
            copy = self.map[at:at + ENTRY]
            fence()
            if version & 1 == 0 and self.load(192) == version:
                found, = struct.unpack_from("<I", copy, 0)
                return copy[33:33 + min(copy[32], 95)].decode("ascii") if found == generation else ""
            time.sleep(0.0001)
        raise OSError(f"{self.path}: the directory is being written all the time; the writer may have died in it")

    def _quote(self, copy):
        (_, sequence, change, epoch, venue_time, received, published, place, generation, flags, bids, asks,
         price_scale, quantity_scale, members, _) = struct.unpack_from("<qqqqqqqiIIiiBBBB", copy, 0)
        if flags & 1 == 0:
            return None
        venues = [struct.unpack_from("<qHB", copy, 80 + 16 * member) for member in range(members)]

        def rows(first, count):
            for row in range(first, first + count):
                price, quantity, member = struct.unpack_from("<qqi", copy, RECORD + ROW * row)
                yield [self.venues[venues[member][1]], decimal(price, price_scale), decimal(quantity, quantity_scale)]

        return {
            "instrument": self.instrument(place, generation), "sequence": sequence, "change": change, "epoch": epoch,
            "crossed": flags & 2 != 0, "bids": list(rows(0, bids)), "asks": list(rows(self.levels, asks)),
            "venueUnixNanos": venue_time, "receivedNanos": received, "publishedNanos": published,
            "venues": [[self.venues[venue], state, published - at] for at, venue, state in venues],
        }

    def writer(self, silence=1.0):
        """alive, silent, dead, closed or superseded; the writer beats at least each 100 ms."""
        state = struct.unpack_from("<I", self.map, 28)[0]
        if state in (3, 4):
            return STATES[state]
        if time.clock_gettime_ns(time.CLOCK_MONOTONIC) - self.load(64) <= silence * 1e9:
            return "alive"
        return "silent" if process_start(self.pid) == self.start else "dead"


def process_start(pid):
    """When a process started, field 22 of /proc/PID/stat; 0 when it does not run."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return 0 if fields[0] in "ZX" else int(fields[19])
    except OSError:
        return 0


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("latest", "changes", "watch"):
        sys.exit("usage: quotes.py NAME latest|changes|watch")
    try:
        quotes = SharedQuotes(sys.argv[1])
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    if sys.argv[2] == "latest":
        for place in range(quotes.places):
            quote = quotes.latest(place)
            if quote is not None:
                print(json.dumps(quote))
    else:
        watches = sys.argv[2] == "watch"
        if not watches:
            quotes.start_at_oldest()
        last = quotes.cursor()
        while watches or quotes.next <= last:
            quote = quotes.read_next()
            if quote is not None:
                print(json.dumps(quote), flush=watches)
            elif not watches or quotes.writer() in ("dead", "closed", "superseded"):
                break
            else:
                time.sleep(0.001)
    print(json.dumps({"writer": quotes.writer(), "pid": quotes.pid, "epoch": quotes.epoch, "missed": quotes.missed}))


if __name__ == "__main__":
    main()
