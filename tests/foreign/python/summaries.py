#!/usr/bin/python3
"""A gRPC client that is not ours: grpcio, with the messages read by hand.

usage: summaries.py ADDRESS summaries COUNT LEVELS | deadline SECONDS | cancel | unknown | check SERVICE | watch SERVICE

Prints one JSON object on the last line of stdout; exits with 1 and a reason on stderr when the server breaks its word.
"""
import json
import struct
import sys
from decimal import Decimal

import grpc

SUMMARY = "/orderbook.OrderbookAggregator/BookSummary"


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 1:
            value, at = struct.unpack_from("<d", data, at)[0], at + 8
        elif kind == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
            if len(value) != length:
                raise ValueError("a field ends outside of its message")
        else:
            raise ValueError(f"wire type {kind}")
        yield tag >> 3, value


def level(data):
    found = {1: b"", 2: 0.0, 3: 0.0}
    found.update(fields(data))
    return found[1].decode(), found[2], found[3]


def summary(data):
    spread, sides = 0.0, ([], [])
    for number, value in fields(data):
        if number == 1:
            spread = value
        else:
            sides[number - 2].append(level(value))
    return spread, sides[0], sides[1]


def judge(spread, bids, asks, levels):
    """The rules of the merged book."""
    exact = Decimal(repr(asks[0][1])) - Decimal(repr(bids[0][1]))
    assert float(exact) == spread, f"spread {spread}, and the tops say {exact}"
    assert len(bids) == len(asks) == levels, f"{len(bids)} and {len(asks)} rows"
    assert bids == sorted(bids, key=lambda row: (-row[1], -row[2])), f"order of bids: {bids}"
    assert asks == sorted(asks, key=lambda row: (row[1], -row[2])), f"order of asks: {asks}"
    for rows in (bids, asks):
        assert len({row[:2] for row in rows}) == len(rows), f"a venue's price comes twice: {rows}"
        assert all(row[1] > 0 and row[2] > 0 for row in rows), f"rows that are no levels: {rows}"


def stream(channel, path, request=b"", timeout=None):
    raw = lambda data: data
    return channel.unary_stream(path, request_serializer=raw, response_deserializer=raw)(request, timeout=timeout)


def unary(channel, path, request=b"", timeout=10):
    raw = lambda data: data
    return channel.unary_unary(path, request_serializer=raw, response_deserializer=raw)(request, timeout=timeout)


def status_of(call):
    try:
        count = sum(1 for _ in call)
        return {"status": call.code().name, "messages": count}
    except grpc.RpcError as error:
        return {"status": error.code().name, "details": error.details()}


def service(name):
    data = name.encode()
    return b"\x0a" + bytes([len(data)]) + data if data else b""


def serving(data):
    return ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"][dict(fields(data)).get(1, 0)]


def run(channel, verb, *arguments):
    if verb == "summaries":
        count, levels, venues, different = int(arguments[0]), int(arguments[1]), set(), set()
        call = stream(channel, SUMMARY, timeout=60)
        for _ in range(count):
            data = next(call)
            different.add(data)
            spread, bids, asks = summary(data)
            judge(spread, bids, asks, levels)
            venues.update(row[0] for row in bids + asks)
        call.cancel()
        return {"summaries": count, "different": len(different), "venues": sorted(venues)}
    if verb == "deadline":
        return status_of(stream(channel, SUMMARY, timeout=float(arguments[0])))
    if verb == "cancel":
        call = stream(channel, SUMMARY, timeout=60)
        next(call)
        call.cancel()
        return status_of(call)
    if verb == "unknown":
        try:
            unary(channel, "/orderbook.OrderbookAggregator/Nothing")
        except grpc.RpcError as error:
            return {"status": error.code().name, "details": error.details()}
        raise AssertionError("an unknown method was answered")
    if verb == "check":
        try:
            answer = unary(channel, "/grpc.health.v1.Health/Check", service(arguments[0]))
            return {"status": "OK", "serving": serving(answer)}
        except grpc.RpcError as error:
            return {"status": error.code().name, "details": error.details()}
    if verb == "watch":
        call, seen = stream(channel, "/grpc.health.v1.Health/Watch", service(arguments[0]), timeout=60), []
        try:
            for data in call:
                seen.append(serving(data))
                print(seen[-1], flush=True)
        except grpc.RpcError as error:
            return {"status": error.code().name, "seen": seen}
        return {"status": "OK", "seen": seen}
    raise SystemExit(__doc__)


def main():
    options = [("grpc.enable_http_proxy", 0)]
    with grpc.insecure_channel(sys.argv[1], options=options) as channel:
        print(json.dumps(run(channel, *sys.argv[2:])), flush=True)


if __name__ == "__main__":
    try:
        main()
    except AssertionError as broken:
        sys.exit(f"summaries.py: {broken}")
