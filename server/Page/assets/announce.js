// What a screen reader is told, one sentence at most every few seconds: changes of state always, quotes on request.

import { byId } from './dom.js';

const PACE = 2000;
const QUOTES_EVERY = 10000;
const waiting = [];
const states = new Map();
let market = '';
let quotesAt = -QUOTES_EVERY;

setInterval(() => {
  if (waiting.length !== 0) {
    byId('announcements').textContent = waiting.splice(0).join('. ');
  }
}, PACE);

export function say(sentence) {
  waiting.push(sentence);
}

export function venues(list) {
  for (const { venue, state } of list) {
    const before = states.get(venue);
    states.set(venue, state);
    if (before !== undefined && before !== state) {
      say(`${venue} is ${state}`);
    }
  }
}

export function quote(shown) {
  const now = shown.spread === undefined ? 'one side is empty' : shown.crossed ? 'crossed' : 'not crossed';
  if (market !== '' && market !== now) {
    say(`${shown.symbol}: ${now}`);
  }

  market = now;
  if (byId('announce').checked && performance.now() - quotesAt > QUOTES_EVERY && shown.spread !== undefined) {
    quotesAt = performance.now();
    const [bid, ask] = [shown.bids[0], shown.asks[0]];
    say(`${shown.symbol}: bid ${bid.price} at ${bid.venue}, ask ${ask.price} at ${ask.venue}, spread ${shown.spread}`);
  }
}

export function forget() {
  market = '';
  states.clear();
}
