#!/usr/bin/env python3
"""Decodes Binance's binary depth streams after the venue's public schema, on its own, and compares them with JSON.

Keeps one book by the binary diffs and one by the JSON diffs, each on the same REST snapshot, and compares all of their
levels whenever both stand at the same update id; the best 20 levels and the best bid and ask are compared with the
binary book at their ids. Prints one JSON object with what was compared.

usage: sbe_books.py SOCKET_ADDRESS REST_ADDRESS SYMBOL COMPARISONS
"""
import asyncio
import json
import struct
import sys
import urllib.request
from decimal import Decimal

import websockets


def number(mantissa, exponent):
    return Decimal(mantissa).scaleb(exponent)


class Message:
    """One binary message: header, block, then groups and the symbol, each by the lengths that it states itself."""

    def __init__(self, data):
        self.data = data
        self.block_length, self.template, schema, _ = struct.unpack_from('<HHHH', data)
        assert schema == 1, f'schema {schema}'
        self.at = 8 + self.block_length

    def block(self, layout):
        return struct.unpack_from('<' + layout, self.data, 8)

    def group(self, price_exponent, quantity_exponent):
        length, count = struct.unpack_from('<HH', self.data, self.at)
        self.at += 4
        levels = {}
        for _ in range(count):
            price, quantity = struct.unpack_from('<qq', self.data, self.at)
            levels[number(price, price_exponent)] = number(quantity, quantity_exponent)
            self.at += length
        return levels

    def symbol(self):
        length = self.data[self.at]
        text = self.data[self.at + 1:self.at + 1 + length].decode()
        assert self.at + 1 + length == len(self.data), 'bytes behind the symbol'
        return text


class Book:
    """A book by the documented procedure."""

    def __init__(self, snapshot):
        self.id = snapshot['lastUpdateId']
        self.bids = {Decimal(price): Decimal(quantity) for price, quantity in snapshot['bids']}
        self.asks = {Decimal(price): Decimal(quantity) for price, quantity in snapshot['asks']}
        self.follows = False

    def apply(self, first, last, bids, asks):
        if last <= self.id:
            return
        assert first == self.id + 1 if self.follows else first <= self.id + 1, f'gap: {first} behind {self.id}'
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            for price, quantity in changes.items():
                if quantity:
                    side[price] = quantity
                else:
                    side.pop(price, None)
        self.id, self.follows = last, True

    def best(self, count):
        return (sorted(self.bids.items(), reverse=True)[:count], sorted(self.asks.items())[:count])


def connect(address, key):
    headers = {'X-MBX-APIKEY': key} if key else {}
    name = 'additional_headers' if int(websockets.__version__.split('.')[0]) >= 14 else 'extra_headers'
    return websockets.connect(address, max_size=None, close_timeout=1, **{name: headers})


async def main(socket, rest, symbol, wanted):
    name = symbol.lower()
    found = {'books': 0, 'tops': 0, 'partials': 0, 'different': 0}
    books, history, stated = {}, {}, {}

    def compare(kind, id):
        """Both sides of a comparison come in any order: whichever comes second compares."""
        pair = history.get(id), stated.get((kind, id))
        if pair[0] is None or pair[1] is None:
            return
        depth = 1 if kind == 'tops' else 20
        same = tuple(side[:depth] for side in pair[0]) == pair[1]
        found[kind] += 1
        found['different'] += not same
        del stated[kind, id]

    def state(kind, id, bids, asks):
        stated[kind, id] = (sorted(bids.items(), reverse=True), sorted(asks.items()))
        compare(kind, id)

    whole = {}

    def stand(kind):
        book = books[kind]
        whole[kind, book.id] = (dict(book.bids), dict(book.asks))
        other = whole.get(('json' if kind == 'binary' else 'binary', book.id))
        if other is not None:
            found['books'] += 1
            found['different'] += other != whole[kind, book.id]
        if kind == 'binary':
            history[book.id] = book.best(20)
            compare('tops', book.id)
            compare('partials', book.id)

    async with connect(f'{socket}/stream?streams={name}@depth@100ms', None) as text, \
            connect(f'{socket}/sbe/stream?streams={name}@depth/{name}@depth20/{name}@bestBidAsk', 'any') as binary:
        held = {'json': [json.loads(await text.recv())['data']], 'binary': []}
        while not any(Message(data).template == 10003 for data in held['binary']):
            held['binary'].append(await binary.recv())
        with urllib.request.urlopen(f'{rest}/api/v3/depth?symbol={symbol}&limit=5000') as answer:
            snapshot = json.load(answer)
        books['json'], books['binary'] = Book(snapshot), Book(snapshot)

        def take_json(data):
            assert data['s'] == symbol
            books['json'].apply(
                data['U'], data['u'],
                {Decimal(price): Decimal(quantity) for price, quantity in data['b']},
                {Decimal(price): Decimal(quantity) for price, quantity in data['a']})
            stand('json')

        def take_binary(data):
            assert isinstance(data, bytes), 'a text frame'
            message = Message(data)
            if message.template == 10003:
                _, first, last, price, quantity = message.block('qqqbb')
                bids, asks = message.group(price, quantity), message.group(price, quantity)
                books['binary'].apply(first, last, bids, asks)
                stand('binary')
            elif message.template == 10002:
                _, id, price, quantity = message.block('qqbb')
                state('partials', id, message.group(price, quantity), message.group(price, quantity))
            else:
                assert message.template == 10001, f'template {message.template}'
                _, id, price, quantity, bid, bids, ask, asks = message.block('qqbbqqqq')
                state('tops', id, {number(bid, price): number(bids, quantity)},
                      {number(ask, price): number(asks, quantity)})
            assert message.symbol() == symbol

        async def read(kind, connection, take):
            for data in held[kind]:
                take(data)
            while min(found['books'], found['tops'], found['partials']) < wanted:
                data = await connection.recv()
                take(json.loads(data)['data'] if kind == 'json' else data)

        await asyncio.gather(read('json', text, take_json), read('binary', binary, take_binary))
    print(json.dumps(found))


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
