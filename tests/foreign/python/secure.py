#!/usr/bin/python3
"""A gRPC client that is not ours, over mutual TLS and with a token: grpcio, with the messages read by hand.

usage: secure.py ADDRESS ROOTS CERTIFICATE KEY TOKEN COUNT

Reads COUNT summaries and prints one JSON object.
"""
import json
import sys

import grpc

from summaries import fields


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main():
    address, roots, certificate, key, token, count = sys.argv[1:]
    credentials = grpc.ssl_channel_credentials(read(roots), read(key), read(certificate))
    raw = lambda data: data
    found = 0
    with grpc.secure_channel(address, credentials, options=[("grpc.enable_http_proxy", 0)]) as channel:
        call = channel.unary_stream(
            "/orderbook.OrderbookAggregator/BookSummary", request_serializer=raw, response_deserializer=raw)
        stream = call(b"", timeout=60, metadata=[("authorization", "Bearer " + token)])
        for data in stream:
            found += 1 if any(number == 2 for number, _ in fields(data)) else 0
            if found == int(count):
                break
        stream.cancel()
    print(json.dumps({"summaries": found}), flush=True)


if __name__ == "__main__":
    main()
