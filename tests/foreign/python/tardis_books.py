#!/usr/bin/env python3
"""Rebuilds books from a file of Tardis' incremental_book_L2, as its documentation says, and prints them.

usage: tardis_books.py FILE        packed when the name ends in .gz

A row sets the amount at a price, 0 deletes it. A snapshot row after a row that was none (or the first one) means that
what was known of the symbol is void. Prints a line "symbol b price amount" for each bid, then "symbol a price amount"
for each ask, best first, numbers without trailing zeros; symbols in order. Python 3 standard library only.
"""
import csv
import gzip
import sys
from decimal import Decimal

COLUMNS = ["exchange", "symbol", "timestamp", "local_timestamp", "is_snapshot", "side", "price", "amount"]


def plain(number):
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def main(path):
    opened = gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")
    books = {}
    in_snapshot = {}
    with opened as file:
        rows = csv.reader(file)
        if next(rows) != COLUMNS:
            raise SystemExit("the header is not that of incremental_book_L2")
        for row in rows:
            fields = dict(zip(COLUMNS, row, strict=True))
            symbol = fields["symbol"]
            snapshot = {"true": True, "false": False}[fields["is_snapshot"]]
            if snapshot and not in_snapshot.get(symbol, False):
                books[symbol] = {"bid": {}, "ask": {}}
            in_snapshot[symbol] = snapshot
            if symbol not in books:
                raise SystemExit(f"{symbol}: its first row is no snapshot")
            int(fields["timestamp"]), int(fields["local_timestamp"])
            side = books[symbol][fields["side"]]
            price, amount = Decimal(fields["price"]), Decimal(fields["amount"])
            if amount == 0:
                side.pop(price, None)
            else:
                side[price] = amount
    for symbol in sorted(books):
        for name in ("bid", "ask"):
            side = books[symbol][name]
            for price in sorted(side, reverse=name == "bid"):
                print(symbol, name[0], plain(price), plain(side[price]))


main(sys.argv[1])
