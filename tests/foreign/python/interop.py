#!/usr/bin/python3
"""gRPC's interoperability cases by grpcio, with messages known only by reflection.

usage: interop.py ADDRESS

Prints one JSON object: "ok" or what went wrong, by case. Left out is what the library cannot do: it compresses all
messages of a stream or none.
"""
import json
import queue
import sys
import threading

import grpc

from reflected import Reflected

SERVICE = "grpc.testing.TestService"
BIG, LARGE = 271828, 314159
REQUESTS, RESPONSES = (27182, 8, 1828, 45904), (31415, 9, 2653, 58979)
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


class Peer:
    def __init__(self, channel):
        self.channel = channel
        self.reflected = Reflected(channel)
        self.reflected.load(SERVICE)

    def new(self, name, **values):
        return self.reflected.message("grpc.testing." + name)(**values)

    def payload(self, size):
        return self.new("Payload", body=bytes(size))

    def flag(self, value):
        return self.new("BoolValue", value=value)

    def call(self, method):
        return self.reflected.call(SERVICE, method)


class Feed:
    """An iterator of requests that are added while the call runs."""

    def __init__(self, *first):
        self.queue = queue.Queue()
        for item in first:
            self.queue.put(item)

    def __iter__(self):
        return iter(self.queue.get, None)


def fails(code, act, details=None):
    try:
        act()
    except grpc.RpcError as error:
        assert error.code() == code, "%s: %s" % (error.code(), error.details())
        assert details is None or error.details() == details, repr(error.details())
        return
    raise AssertionError("it was answered, and should have ended with %s" % code)


@case
def empty_unary(peer):
    assert peer.call("EmptyCall")(peer.new("Empty"), timeout=60) == peer.new("Empty")


@case
def cacheable_unary(peer):
    request = peer.new("SimpleRequest", payload=peer.new("Payload", body=b"314159"), response_size=6)
    for _ in range(2):
        answer = peer.call("CacheableUnaryCall")(request, timeout=60, metadata=[("x-user-ip", "1.2.3.4")])
        assert len(answer.payload.body) == 6


def large(peer, **values):
    return peer.new("SimpleRequest", response_size=LARGE, payload=peer.payload(BIG), **values)


@case
def large_unary(peer):
    assert peer.call("UnaryCall")(large(peer), timeout=60).payload.body == bytes(LARGE)


@case
def client_compressed_unary(peer):
    call = peer.call("UnaryCall")
    fails(grpc.StatusCode.INVALID_ARGUMENT, lambda: call(large(peer, expect_compressed=peer.flag(True)), timeout=60))
    for compressed in (True, False):
        answer = call(
            large(peer, expect_compressed=peer.flag(compressed)), timeout=60,
            compression=grpc.Compression.Gzip if compressed else grpc.Compression.NoCompression)
        assert answer.payload.body == bytes(LARGE)


@case
def server_compressed_unary(peer):
    for compressed in (True, False):
        answer = peer.call("UnaryCall")(large(peer, response_compressed=peer.flag(compressed)), timeout=60)
        assert answer.payload.body == bytes(LARGE)


@case
def client_streaming(peer):
    requests = [peer.new("StreamingInputCallRequest", payload=peer.payload(size)) for size in REQUESTS]
    assert peer.call("StreamingInputCall")(iter(requests), timeout=60).aggregated_payload_size == sum(REQUESTS)


def sizes(answers):
    return tuple(len(answer.payload.body) for answer in answers)


@case
def server_streaming(peer):
    wanted = [peer.new("ResponseParameters", size=size) for size in RESPONSES]
    request = peer.new("StreamingOutputCallRequest", response_parameters=wanted)
    assert sizes(peer.call("StreamingOutputCall")(request, timeout=60)) == RESPONSES


@case
def server_compressed_streaming(peer):
    wanted = [
        peer.new("ResponseParameters", size=31415, compressed=peer.flag(True)),
        peer.new("ResponseParameters", size=92653, compressed=peer.flag(False))]
    request = peer.new("StreamingOutputCallRequest", response_parameters=wanted)
    assert sizes(peer.call("StreamingOutputCall")(request, timeout=60)) == (31415, 92653)


def duplex(peer, request_size, response_size=None):
    wanted = [] if response_size is None else [peer.new("ResponseParameters", size=response_size)]
    return peer.new("StreamingOutputCallRequest", response_parameters=wanted, payload=peer.payload(request_size))


@case
def ping_pong(peer):
    feed = Feed()
    call = peer.call("FullDuplexCall")(iter(feed), timeout=60)
    for request_size, response_size in zip(REQUESTS, RESPONSES):
        feed.queue.put(duplex(peer, request_size, response_size))
        assert len(next(call).payload.body) == response_size
    feed.queue.put(None)
    assert list(call) == [] and call.code() == grpc.StatusCode.OK


@case
def empty_stream(peer):
    call = peer.call("FullDuplexCall")(iter(()), timeout=60)
    assert list(call) == [] and call.code() == grpc.StatusCode.OK


@case
def custom_metadata(peer):
    sent = [("x-grpc-test-echo-initial", "test_initial_metadata_value"),
            ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab")]
    _, unary = peer.call("UnaryCall").with_call(large(peer), timeout=60, metadata=sent)
    stream = peer.call("FullDuplexCall")(iter([duplex(peer, BIG, LARGE)]), timeout=60, metadata=sent)
    assert sizes(stream) == (LARGE,)
    for call in (unary, stream):
        assert sent[0] in list(call.initial_metadata()), call.initial_metadata()
        assert sent[1] in list(call.trailing_metadata()), call.trailing_metadata()


def status(peer, message):
    echo = peer.new("EchoStatus", code=2, message=message)
    unary = peer.new("SimpleRequest", response_status=echo)
    fails(grpc.StatusCode.UNKNOWN, lambda: peer.call("UnaryCall")(unary, timeout=60), message)
    stream = peer.new("StreamingOutputCallRequest", response_status=echo)
    fails(grpc.StatusCode.UNKNOWN, lambda: list(peer.call("FullDuplexCall")(iter([stream]), timeout=60)), message)


@case
def status_code_and_message(peer):
    status(peer, "test status message")


@case
def special_status_message(peer):
    status(peer, SPECIAL)


@case
def unimplemented_method(peer):
    fails(grpc.StatusCode.UNIMPLEMENTED, lambda: peer.call("UnimplementedCall")(peer.new("Empty"), timeout=60))


@case
def unimplemented_service(peer):
    call = peer.reflected.call("grpc.testing.UnimplementedService", "UnimplementedCall")
    fails(grpc.StatusCode.UNIMPLEMENTED, lambda: call(peer.new("Empty"), timeout=60))


@case
def cancel_after_begin(peer):
    call = peer.call("StreamingInputCall").future(iter(Feed()), timeout=60)
    call.cancel()
    assert call.cancelled() and call.code() == grpc.StatusCode.CANCELLED


@case
def cancel_after_first_response(peer):
    call = peer.call("FullDuplexCall")(iter(Feed(duplex(peer, REQUESTS[0], RESPONSES[0]))), timeout=60)
    assert len(next(call).payload.body) == RESPONSES[0]
    call.cancel()
    fails(grpc.StatusCode.CANCELLED, lambda: next(call))


@case
def timeout_on_sleeping_server(peer):
    call = peer.call("FullDuplexCall")(iter(Feed(duplex(peer, 27182))), timeout=0.001)
    fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(call))


@case
def rpc_soak(peer):
    call, request = peer.call("UnaryCall"), peer.new("SimpleRequest", response_size=31, payload=peer.payload(27))
    for _ in range(200):
        assert len(call(request, timeout=60).payload.body) == 31


@case
def channel_soak(peer):
    for _ in range(20):
        with channel_to(sys.argv[1]) as channel:
            raw = lambda data: data
            call = channel.unary_unary(
                "/%s/EmptyCall" % SERVICE, request_serializer=raw, response_deserializer=raw)
            assert call(b"", timeout=60) == b""


def channel_to(address):
    return grpc.insecure_channel(address, options=[
        ("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1)])


def main():
    results = {}
    with channel_to(sys.argv[1]) as channel:
        peer = Peer(channel)
        for name, run in CASES.items():
            try:
                run(peer)
                results[name] = "ok"
            except (AssertionError, grpc.RpcError, StopIteration) as broken:
                results[name] = "%s: %s" % (type(broken).__name__, broken)
    print(json.dumps(results), flush=True)


if __name__ == "__main__":
    threading.stack_size(256 * 1024)
    main()
    sys.stdout.flush()
    import os
    os._exit(0)   # feeds that never end keep threads of the library waiting
