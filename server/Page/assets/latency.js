// Latency percentiles: across, the nines (50 %, 90 %, 99 %, ...); upward, the time, each line ten times the one below.

import { byId, attribute, put, rows, shape } from './dom.js';

const HEIGHT = 200;
const LEFT = 56;
const FOOT = 20;
const NINES_MOST = 4.6;   // where the longest one stands, behind 99.99 %

export function micros(value) {
  if (value < 1000) {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} µs`;
  }

  return value < 1e6 ? `${(value / 1e3).toPrecision(3)} ms` : `${(value / 1e6).toPrecision(3)} s`;
}

export function draw({ recent, total }) {
  table(recent, total);
  const svg = byId('latency');
  const width = Math.max(svg.clientWidth, 200);
  attribute(svg, 'viewBox', `0 0 ${width} ${HEIGHT}`);
  const all = [...recent, ...total].map(point => Math.max(point.micros, 0.1));
  if (all.length === 0) {
    svg.replaceChildren();
    return;
  }

  const low = Math.floor(Math.log10(Math.min(...all)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...all))), low + 1);
  const x = point => LEFT + nines(point.percentile) / NINES_MOST * (width - LEFT - 8);
  const y = value => 8 + (HEIGHT - FOOT - 8) * (high - Math.log10(Math.max(value, 0.1))) / (high - low);
  svg.replaceChildren(
    ...Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).flatMap(value => [
      shape('line', { class: 'grid', x1: LEFT, y1: y(value), x2: width, y2: y(value) }),
      shape('text', { class: 'label', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, micros(value)),
    ]),
    ...[50, 90, 99, 99.9, 100].map(percentile => shape(
      'text',
      { class: 'label', x: x({ percentile }), y: HEIGHT - 5, 'text-anchor': percentile === 100 ? 'end' : 'middle' },
      percentile === 100 ? 'max' : String(percentile))),
    curve('total', total, x, y),
    curve('recent', recent, x, y));
}

function nines(percentile) {
  return percentile >= 100 ? NINES_MOST : -Math.log10(1 - percentile / 100);
}

function curve(name, points, x, y) {
  const line = points.map(point => `${x(point).toFixed(1)},${y(point.micros).toFixed(1)}`).join(' ');
  return shape('polyline', { class: `curve ${name}`, points: line, 'data-curve': name });
}

function table(recent, total) {
  const known = total.length === 0 ? [] : total.filter(point => [50, 90, 99, 99.9, 100].includes(point.percentile));
  rows(byId('percentiles'), known.length, ['', 'number', 'number']).forEach((row, index) => {
    const { percentile, micros: value } = known[index];
    const now = recent.find(point => point.percentile === percentile);
    put(row.cells[0], percentile === 100 ? 'max' : `p${percentile}`);
    put(row.cells[1], now === undefined ? '-' : micros(now.micros));
    put(row.cells[2], micros(value));
  });
}
