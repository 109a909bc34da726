// Exact decimals. Text such as "68000.1" becomes a BigInt in units of the finest digit of a column, so that sums are
// exact, and goes back to text with as many digits behind the point as the column has.

export function digits(text) {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

export function units(text, scale) {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? '' : text.slice(point + 1);
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

export function text(value, scale) {
  const sign = value < 0n ? '-' : '';
  const all = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + all : `${sign}${all.slice(0, -scale)}.${all.slice(-scale)}`;
}

export function padded(decimal, scale) {
  return text(units(decimal, scale), scale);
}
