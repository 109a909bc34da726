// The document is only written where it differs: what stands still is not painted, selected or read anew.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

export function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function attribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

// Keeps so many rows in a table's body, each with these cells; the first cell is the row's heading.
export function rows(body, count, kinds) {
  while (body.rows.length > count) {
    body.deleteRow(-1);
  }

  while (body.rows.length < count) {
    const row = body.insertRow();
    kinds.forEach((kind, index) => {
      const cell = document.createElement(index === 0 ? 'th' : 'td');
      if (index === 0) {
        cell.scope = 'row';
      }

      cell.className = kind;
      row.append(cell);
    });
  }

  return [...body.rows];
}

export function shape(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }

  if (text !== undefined) {
    element.textContent = text;
  }

  return element;
}

// A venue's name with its color beside it. Color alone never says anything.
export function venue(cell, name) {
  if (cell.dataset.venue !== name) {
    cell.dataset.venue = name;
    const swatch = document.createElement('span');
    swatch.className = `swatch venue-${name}`;
    swatch.setAttribute('aria-hidden', 'true');
    cell.replaceChildren(swatch, name);
  }
}
