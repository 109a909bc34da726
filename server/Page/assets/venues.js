// The health of the venues, once a second.

import { byId, put, rows, venue } from './dom.js';
import { micros } from './latency.js';

const CELLS = ['venue', 'state', 'number', 'number', 'number', 'number'];
const MARKS = { live: '●', disconnected: '○', connecting: '◔', buffering: '◑' };

export function draw(venues) {
  rows(byId('venue-rows'), venues.length, CELLS).forEach((row, index) => {
    const health = venues[index];
    const [name, state, age, rate, gaps, p99] = row.cells;
    venue(name, health.venue);
    put(state, `${MARKS[health.state] ?? '▲'} ${health.state}`);
    state.className = `state ${health.state === 'live' ? 'good' : 'warning'}`;
    put(age, duration(health.ageMillis));
    put(rate, health.messagesPerSecond === undefined ? '-' : health.messagesPerSecond.toFixed(1));
    put(gaps, health.gaps);
    put(p99, health.p99Micros === undefined ? '-' : micros(health.p99Micros));
  });
}

export function duration(millis) {
  if (millis === undefined) {
    return '-';
  }

  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}
