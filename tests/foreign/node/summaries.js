// A gRPC client that is not ours: @grpc/grpc-js with the published contract.
//
// usage: node summaries.js MODULES PROTO ADDRESS summaries COUNT LEVELS | deadline SECONDS | cancel | unknown
//
// MODULES is the folder node_modules lies in. Prints one JSON object on the last line of stdout; exits with 1 and a
// reason on stderr when the server breaks its word.
'use strict';

const assert = require('node:assert');
const path = require('node:path');

const [modules, proto, address, verb, ...words] = process.argv.slice(2);
const load = (name) => require(path.join(modules, 'node_modules', name));
const grpc = load('@grpc/grpc-js');
const definition = load('@grpc/proto-loader').loadSync(proto, { defaults: true });
const { OrderbookAggregator } = grpc.loadPackageDefinition(definition).orderbook;
const client = new OrderbookAggregator(address, grpc.credentials.createInsecure(), { 'grpc.enable_http_proxy': 0 });
const statusName = (code) => Object.keys(grpc.status).find((name) => grpc.status[name] === code);

// The rules of the merged book.
function judge({ spread, bids, asks }, levels) {
  // the prices of the tests have two decimals, so that rounding finds the exact difference
  assert.strictEqual(spread, Math.round(asks[0].price * 100 - bids[0].price * 100) / 100, 'spread');
  for (const [rows, sign] of [[bids, -1], [asks, 1]]) {
    assert.strictEqual(rows.length, levels, 'count of rows');
    for (let index = 1; index < rows.length; index++) {
      const [before, row] = [rows[index - 1], rows[index]];
      const byPrice = sign * (row.price - before.price);
      assert.ok(byPrice > 0 || (byPrice === 0 && row.amount <= before.amount), `order: ${JSON.stringify(rows)}`);
    }
    const seen = new Set(rows.map((row) => `${row.exchange} ${row.price}`));
    assert.strictEqual(seen.size, rows.length, "a venue's price comes twice");
    assert.ok(rows.every((row) => row.exchange !== '' && row.price > 0 && row.amount > 0), 'rows that are no levels');
  }
}

function end(call) {
  return new Promise((resolve) => {
    let messages = 0;
    call.on('data', () => messages++);
    call.on('error', () => {});
    call.on('status', (status) => resolve({ status: statusName(status.code), details: status.details, messages }));
  });
}

async function summaries(count, levels) {
  const venues = new Set();
  let read = 0;
  const call = client.BookSummary({}, { deadline: Date.now() + 60_000 });
  call.on('error', () => {});   // the cancellation below; a break before it leaves the loop short
  try {
    for await (const summary of call) {
      judge(summary, levels);
      for (const row of [...summary.bids, ...summary.asks]) {
        venues.add(row.exchange);
      }
      if (++read === count) {
        break;
      }
    }
  } finally {
    call.cancel();
  }
  assert.strictEqual(read, count, 'count of summaries');
  return { summaries: read, venues: [...venues].sort() };
}

async function run() {
  switch (verb) {
    case 'summaries':
      return summaries(Number(words[0]), Number(words[1]));
    case 'deadline':
      return end(client.BookSummary({}, { deadline: Date.now() + 1_000 * Number(words[0]) }));
    case 'cancel': {
      const call = client.BookSummary({}, { deadline: Date.now() + 60_000 });
      call.once('data', () => call.cancel());
      return end(call);
    }
    case 'unknown':
      return new Promise((resolve, reject) => client.makeUnaryRequest(
        '/orderbook.OrderbookAggregator/Nothing', () => Buffer.alloc(0), (data) => data, {},
        (error) => error
          ? resolve({ status: statusName(error.code), details: error.details })
          : reject(new assert.AssertionError({ message: 'an unknown method was answered' }))));
    default:
      throw new Error(`unknown verb ${verb}`);
  }
}

run().then(
  (result) => {
    console.log(JSON.stringify(result));
    client.close();
  },
  (error) => {
    console.error(`summaries.js: ${error.message}`);
    process.exit(1);
  });
