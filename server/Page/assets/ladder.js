// The book as a table: asks above with the best nearest the middle, bids below; totals from the best level outward.

import { digits, padded, text, units } from './decimal.js';
import { byId, put, rows, venue } from './dom.js';

const CELLS = ['side', 'venue', 'number price', 'number', 'number total'];
let priceScale = 0;
let quantityScale = 0;

export function forget() {
  priceScale = 0;
  quantityScale = 0;
}

export function draw(quote) {
  for (const level of [...quote.bids, ...quote.asks]) {
    priceScale = Math.max(priceScale, digits(level.price));
    quantityScale = Math.max(quantityScale, digits(level.quantity));
  }

  const bids = totals(quote.bids);
  const asks = totals(quote.asks);
  const most = [bids.at(-1), asks.at(-1)].reduce((best, level) => level && level.total > best ? level.total : best, 0n);
  fill(byId('asks'), asks.toReversed(), 'ask', most);
  fill(byId('bids'), bids, 'bid', most);
  put(byId('ladder-spread'), quote.spread ?? '-');
  put(byId('ladder-points'), points(quote));
  put(byId('best-bid'), best(quote.bids));
  put(byId('best-ask'), best(quote.asks));
  put(byId('spread'), quote.spread === undefined ? 'one side empty' : `${quote.spread}, ${points(quote)}`);
  const market = byId('crossed');
  put(market, quote.spread === undefined ? '-' : quote.crossed ? 'CROSSED' : quote.locked ? 'locked' : 'normal');
  market.className = quote.crossed || quote.locked ? 'warning' : '';
}

export function points(quote) {
  if (quote.spread === undefined) {
    return '-';
  }

  const middle = (Number(quote.bids[0].price) + Number(quote.asks[0].price)) / 2;
  return `${(Number(quote.spread) / middle * 10000).toFixed(2)} bps`;
}

function best(side) {
  return side.length === 0 ? '-' : `${padded(side[0].price, priceScale)} ${side[0].venue}`;
}

function totals(side) {
  let total = 0n;
  return side.map(level => ({ ...level, total: total += units(level.quantity, quantityScale) }));
}

function fill(body, levels, side, most) {
  rows(body, levels.length, CELLS).forEach((row, index) => {
    const level = levels[index];
    const [name, where, price, quantity, total] = row.cells;
    row.className = side;
    put(name, side);
    venue(where, level.venue);
    put(price, padded(level.price, priceScale));
    put(quantity, padded(level.quantity, quantityScale));
    put(total, text(level.total, quantityScale));
    // The share of the deepest level, drawn behind the total in the venue's color.
    total.className = `number total venue-${level.venue}`;
    total.style.backgroundSize = `${most === 0n ? 0 : Number(level.total * 1000n / most) / 10}% 100%`;
  });
}
