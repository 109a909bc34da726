// A market data client that is not ours: ccxt, sent to the simulated venues through its URL settings and nothing else.
//
// usage: node ccxt-books.js MODULES HOST:PORT VENUE...
//
// MODULES is the folder node_modules lies in. Prints one JSON object a venue on stdout, all venues at once:
// {"venue","symbols","symbol","price","amount","rest":BOOK,"watched":[BOOK,...]} with what ccxt takes for the steps of
// price and amount, the book it fetches and the first five different books it watches ({"bids","asks"}, best 25 rows of
// each side), or {"venue","error"}. Exits with 1 when a venue failed.
'use strict';

const { createRequire } = require('node:module');

const [modules, address, ...venues] = process.argv.slice(2);
const ccxt = createRequire(`${modules}/`)('ccxt');

const CLASSES = {
  binance: 'binance',
  bitstamp: 'bitstamp',
  coinbase: 'coinbaseexchange',
  coinbase_advanced: 'coinbase',
  kraken: 'kraken',
  okx: 'okx',
  bybit: 'bybit',
  kucoin: 'kucoin',
  gateio: 'gate',
  bitfinex: 'bitfinex',
  cryptocom: 'cryptocom',
};

// ccxt watches level2 of Coinbase Exchange, which needs an account: this is the one the simulated venue has.
const ACCOUNTS = { coinbase: { apiKey: 'simulated', secret: 'c2ltdWxhdGVk', password: 'simulated' } };

const BOOKS = 5;
const ROWS = 25;
const WATCH_MS = 30_000;

// Every address of a venue becomes ours with the venue's prefix; its path stays.
function redirected(urls, venue) {
  if (typeof urls === 'string') {
    const parts = urls.match(/^(http|ws)s?:\/\/[^/]*(.*)$/);
    return parts === null ? urls : `${parts[1]}://${address}/${venue}${parts[2]}`;
  }
  return urls !== null && typeof urls === 'object'
    ? Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, redirected(url, venue)]))
    : urls;
}

const best = (side) => side.slice(0, ROWS).map((row) => [row[0], row[1]]);
const copy = (book) => ({ bids: best(book.bids), asks: best(book.asks) });

function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing in ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function watch(exchange, symbol) {
  const books = new Map();
  const end = Date.now() + WATCH_MS;
  while (books.size < BOOKS) {
    const left = Math.max(1, end - Date.now());
    const book = copy(await within(left, exchange.watchOrderBook(symbol), `watchOrderBook after ${books.size} books`));
    books.set(JSON.stringify(book), book);
  }
  return [...books.values()];
}

async function ask(venue) {
  const exchange = new ccxt.pro[CLASSES[venue]]({
    ...ACCOUNTS[venue],
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } },   // contracts live on hosts of their own
    timeout: 20_000,
  });
  exchange.urls.api = redirected(exchange.urls.api, venue);
  try {
    await exchange.loadHttpProxyAgent();   // ccxt wants it for ws:// even where there is no proxy
    const markets = await exchange.loadMarkets();
    const symbol = ['BTC/USDT', 'BTC/USD'].find((name) => name in markets);
    if (symbol === undefined) {
      throw new Error(`neither BTC/USDT nor BTC/USD among ${Object.keys(markets)}`);
    }
    const { price, amount } = markets[symbol].precision;
    const rest = copy(await exchange.fetchOrderBook(symbol));
    const watched = await watch(exchange, symbol);
    return { venue, symbols: Object.keys(markets).length, symbol, price, amount, rest, watched };
  } catch (error) {
    return { venue, error: `${error.constructor.name}: ${error.message}` };
  } finally {
    await exchange.close();
  }
}

Promise.all(venues.map(async (venue) => {
  const answer = await ask(venue);
  console.log(JSON.stringify(answer));
  return !('error' in answer);
})).then((good) => process.exit(good.every(Boolean) ? 0 : 1));
