// Puts events on the page. Events come as fast as the server paces them; the page is painted at most once a frame, and
// once a second for who wants less motion. While the page is hidden nothing is asked for.

import * as announce from './announce.js';
import { byId, put } from './dom.js';
import * as depth from './depth.js';
import * as ladder from './ladder.js';
import * as latency from './latency.js';
import { Stream } from './stream.js';
import * as theme from './theme.js';
import * as venues from './venues.js';

const SILENCE = 3000;
const CALM_PACE = 1000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const wanted = new URLSearchParams(location.search);
let venueOrder = [];
let quote = null;
let painted = null;
let paintedAt = -CALM_PACE;
let heardAt = performance.now();
let state = 'connecting';
let reason = '';
let quotesBefore = null;

const stream = new Stream({
  state(now, why) {
    if (now === 'live') {
      heardAt = performance.now();
    }

    show(now, why);
  },
  hello(data) {
    venueOrder = data.venues;
    const choice = byId('symbol');
    if ([...choice.options].map(option => option.value).join() !== data.instruments.join()) {
      choice.replaceChildren(...data.instruments.map(name => new Option(name)));
    }

    choice.value = data.symbol;
    for (const option of byId('levels').options) {
      option.disabled = Number(option.value) > data.levelsMax && option.value !== '5';
    }
  },
  quote(data) {
    quote = data;
    document.body.dataset.received = data.sequence;
    announce.quote(data);
  },
  status(data) {
    if (paused()) {
      return;
    }

    venues.draw(data.venues);
    announce.venues(data.venues);
    latency.draw(data.latency);
    const made = Number(data.quotes);
    put(byId('quotes'), `${made.toLocaleString('en')}${quotesBefore === null ? '' : `, ${made - quotesBefore}/s`}`);
    quotesBefore = made;
    if (quote) {
      const millis = Number((BigInt(data.time) - BigInt(quote.publishedTime)) / 1000000n);
      put(byId('age'), `${venues.duration(Math.max(millis, 0))} ago`);
      document.title = quote.spread === undefined
        ? `${quote.symbol} - LowLatencyQuoter`
        : `${quote.bids[0].price} / ${quote.asks[0].price} ${quote.symbol}`;
    }
  },
});

function paused() {
  return byId('pause').getAttribute('aria-pressed') === 'true';
}

function show(now, why = '') {
  if (now === 'connecting' && state === 'lost') {
    return;   // why it was lost says more
  }

  if (state !== now || reason !== why && why !== '') {
    const words = {
      connecting: 'Connecting',
      live: 'Live',
      stale: 'Stale: the server is silent',
      lost: `Connection lost${why === '' ? '' : ` (${why})`}: trying again, what is shown is old`,
    };
    if (state === 'lost' || state === 'stale') {
      announce.say(words[now]);
    }

    state = now;
    reason = why;
    const status = byId('connection');
    status.dataset.state = now;
    put(status, words[now]);
    document.body.classList.toggle('old', now === 'lost' || now === 'stale');
  }
}

function open() {
  quote = null;
  quotesBefore = null;
  announce.forget();
  ladder.forget();
  stream.open(wanted.get('symbol') ?? '', wanted.get('levels') ?? '10');
}

function choose(name, value) {
  wanted.set(name, value);
  history.replaceState(null, '', `?${wanted}`);
  open();
}

function paint(now) {
  if (quote !== null && quote !== painted && !paused() && (!calm.matches || now - paintedAt >= CALM_PACE)) {
    painted = quote;
    paintedAt = now;
    ladder.draw(quote);
    depth.draw(quote, venueOrder);
    document.body.dataset.painted = String(now);
  }

  requestAnimationFrame(paint);
}

theme.begin();
if ([...byId('levels').options].some(option => option.value === wanted.get('levels'))) {
  byId('levels').value = wanted.get('levels');
} else {
  wanted.delete('levels');
}

byId('controls').addEventListener('submit', event => event.preventDefault());
byId('symbol').addEventListener('change', event => choose('symbol', event.target.value));
byId('levels').addEventListener('change', event => choose('levels', event.target.value));
byId('pause').addEventListener('click', event => {
  event.target.setAttribute('aria-pressed', String(!paused()));
  put(event.target, paused() ? 'Resume' : 'Pause');
});
document.addEventListener('visibilitychange', () => document.hidden ? stream.close() : open());
setInterval(() => {
  if (state === 'live' && performance.now() - heardAt > SILENCE) {
    show('stale');
  }
}, 500);
open();
requestAnimationFrame(paint);
