#!/usr/bin/python3
"""A generic gRPC tool in small: finds out by reflection what a server serves, and calls all of it.

usage: quotes.py ADDRESS VERSION       VERSION of reflection: v1 or v1alpha

Prints one JSON object with what it saw; exits with 1 and a reason on stderr when something is missing.
"""
import json
import sys

import grpc

from reflected import Reflected


def main():
    address, version = sys.argv[1:]
    with grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)]) as channel:
        server = Reflected(channel, version)
        seen = {"services": server.services()}
        for service in seen["services"]:
            server.load(service)

        def call(method, request="", service="quoter.v1.QuoteService", **values):
            package = service.rsplit(".", 1)[0]
            message = server.message("%s.%s" % (package, request or method + "Request"))(**values)
            return server.call(service, method)(message, timeout=60)

        seen["instruments"] = [one.symbol for one in call("ListInstruments").instruments]
        quote = call("GetQuote", levels=5)
        assert len(quote.bids) == len(quote.asks), "sides differ"
        seen["levels"] = len(quote.bids)
        seen["streamed"] = next(call("StreamQuotes", symbols=["eth/usdt"])).quote.symbol
        seen["books"] = len(next(call("StreamVenueStatus")).books)
        health = server.call("grpc.health.v1.Health", "Check")(
            server.message("grpc.health.v1.HealthCheckRequest")(service="quoter.v1.QuoteService"), timeout=60)
        seen["health"] = health.ServingStatus.Name(health.status)
        seen["summary"] = len(next(call("BookSummary", "Empty", "orderbook.OrderbookAggregator")).bids)
        try:
            call("GetQuote", symbol="BTC/USD")
        except grpc.RpcError as error:
            assert "did you mean BTC/USDT?" in error.details(), error.details()
            seen["refused"] = error.code().name
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    try:
        main()
    except AssertionError as broken:
        sys.exit(f"quotes.py: {broken}")
