// The depth chart: what can be bought or sold up to each price, the venues stacked in their colors.

import { byId, attribute, put, shape } from './dom.js';

const HEIGHT = 240;
const FOOT = 20;

export function draw(quote, venues) {
  const svg = byId('depth');
  const width = Math.max(svg.clientWidth, 200);
  attribute(svg, 'viewBox', `0 0 ${width} ${HEIGHT}`);
  const sides = [steps(quote.bids, venues), steps(quote.asks, venues)];
  const prices = [...quote.bids, ...quote.asks].map(level => Number(level.price));
  const most = Math.max(...sides.map(side => side.length === 0 ? 0 : sum(side.at(-1).sums)));
  if (prices.length === 0 || most === 0) {
    svg.replaceChildren();
    put(byId('depth-text'), 'No level is quoted.');
    return;
  }

  const low = Math.min(...prices);
  const high = Math.max(...prices);
  const x = price => high === low ? width / 2 : (price - low) / (high - low) * width;
  const y = amount => (HEIGHT - FOOT) * (1 - amount / most);
  const drawn = sides.flatMap((side, index) => layers(side, venues, x, y, index === 0 ? 0 : width));
  const middle = x((low + high) / 2);
  svg.replaceChildren(
    ...drawn,
    shape('line', { class: 'axis', x1: 0, y1: HEIGHT - FOOT, x2: width, y2: HEIGHT - FOOT }),
    shape('text', { class: 'label', x: 0, y: HEIGHT - 5 }, String(low)),
    shape('text', { class: 'label', x: middle, y: HEIGHT - 5, 'text-anchor': 'middle' }, 'price'),
    shape('text', { class: 'label', x: width, y: HEIGHT - 5, 'text-anchor': 'end' }, String(high)),
    shape('text', { class: 'label', x: 4, y: 14 }, `${rounded(most)} in all`));
  put(byId('depth-text'), words(sides, low, high));
}

// The side from the best price outward: after each price, what each venue offers up to it.
function steps(side, venues) {
  const sums = venues.map(() => 0);
  const result = [];
  for (const level of side) {
    sums[venues.indexOf(level.venue)] += Number(level.quantity);
    const price = Number(level.price);
    if (result.length !== 0 && result.at(-1).price === price) {
      result.at(-1).sums = [...sums];
    } else {
      result.push({ price, sums: [...sums] });
    }
  }

  return result;
}

function layers(side, venues, x, y, edge) {
  if (side.length === 0) {
    return [];
  }

  return venues.flatMap((name, index) => {
    if (side.at(-1).sums[index] === 0) {
      return [];
    }

    const upper = outline(side, index + 1, x, y, edge);
    const lower = outline(side, index, x, y, edge).reverse();
    const points = [...upper, ...lower].map(([across, down]) => `${across.toFixed(1)},${down.toFixed(1)}`).join(' ');
    const layer = shape('polygon', { class: `layer venue-${name}`, points });
    layer.append(shape('title', {}, name));
    return [layer];
  });
}

// The upper edge of the first so many venues: level up to the next price, then a step.
function outline(side, count, x, y, edge) {
  const points = [];
  side.forEach((step, index) => {
    const height = y(sum(step.sums.slice(0, count)));
    points.push([x(step.price), height]);
    points.push([index + 1 < side.length ? x(side[index + 1].price) : edge, height]);
  });
  return points;
}

function words([bids, asks], low, high) {
  const amount = side => side.length === 0 ? '0' : rounded(sum(side.at(-1).sums));
  return `Bids for ${amount(bids)} down to ${low}, asks for ${amount(asks)} up to ${high}.`;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function rounded(number) {
  return Number(number.toPrecision(4)).toString();
}
