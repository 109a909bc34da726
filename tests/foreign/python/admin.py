#!/usr/bin/python3
"""A client of quoter.v1.AdminService that is not ours: grpcio, with the messages written and read by hand.

usage: admin.py ADDRESS TOKEN METHOD [TEXT ...]

TOKEN "-" sends none. The TEXTs are the request's string fields 1, 2, ... Prints one JSON object: the status, its details,
and the answer's fields by number, each a list; messages in it as such objects, texts as texts.
"""
import json
import sys

import grpc

from summaries import fields

# which fields of which answers are messages
NESTED = {"ListBooks": {1}, "ListVenues": {1}, "AddInstrument": {2}, "AddVenue": {2}}


def request(texts):
    data = b""
    for number, text in enumerate(texts, 1):
        value = text.encode()
        data += bytes([number << 3 | 2, len(value)]) + value if value else b""
    return data


def answer(data, nested=()):
    found = {}
    for number, value in fields(data):
        if isinstance(value, bytes):
            value = answer(value) if number in nested else value.decode()
        found.setdefault(str(number), []).append(value)
    return found


def main():
    address, token, method, *texts = sys.argv[1:]
    metadata = None if token == "-" else [("authorization", "Bearer " + token)]
    raw = lambda data: data
    with grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)]) as channel:
        call = channel.unary_unary(
            "/quoter.v1.AdminService/" + method, request_serializer=raw, response_deserializer=raw)
        try:
            data = call(request(texts), timeout=60, metadata=metadata)
            found = {"status": "OK", "details": "", "answer": answer(data, NESTED.get(method, ()))}
        except grpc.RpcError as error:
            found = {"status": error.code().name, "details": error.details(), "answer": {}}
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
