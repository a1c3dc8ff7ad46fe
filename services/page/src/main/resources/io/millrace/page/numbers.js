// How numbers and times are written. Pure functions; a value that is not a number is a dash.

export const NOTHING = '–';

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SMALL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A count: 1,234,567. */
export function count(value) {
  return isNumber(value) ? WHOLE.format(value) : NOTHING;
}

/** A count for an axis: 120K. */
export function compact(value) {
  return isNumber(value) ? COMPACT.format(value) : '';
}

/** A rate: 36,987, or 0.4 where it is small. */
export function rate(value) {
  if (!isNumber(value)) {
    return NOTHING;
  }
  return Math.abs(value) < 10 ? SMALL.format(value) : WHOLE.format(value);
}

/** A score, loss, norm or rate of learning, with four significant figures. */
export function score(value) {
  if (!isNumber(value)) {
    return NOTHING;
  }
  const size = Math.abs(value);
  if (size === 0) {
    return '0';
  }
  if (size < 1e-4 || size >= 1e7) {
    return value.toExponential(2);
  }
  if (size >= 1000) {
    return WHOLE.format(value);
  }
  return size < 1 ? value.toFixed(Math.min(6, 3 - Math.floor(Math.log10(size)))) : value.toPrecision(4);
}

/** A setting such as a learning rate, without needless zeros: 0.0015. */
export function setting(value) {
  return isNumber(value) ? tick(Number(value.toPrecision(4))) : NOTHING;
}

/** A score for an axis, as short as it can be. */
export function tick(value) {
  if (!isNumber(value)) {
    return '';
  }
  const size = Math.abs(value);
  if (size >= 10000) {
    return compact(value);
  }
  return size !== 0 && size < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(6)));
}

/** A score for a sentence: two decimals, as many as tell it from the one beside it. */
export function brief(value) {
  return isNumber(value) && Math.abs(value) < 1000 ? value.toFixed(Math.abs(value) < 0.01 ? 4 : 2) : score(value);
}

/** A share of a whole: 3.2 %. */
export function percent(part, whole) {
  if (!isNumber(part) || !isNumber(whole) || whole === 0) {
    return NOTHING;
  }
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) {
    return '< 0.1 %';
  }
  return `${share === 0 || share === 100 || share >= 99.95 ? share.toFixed(0) : share.toFixed(1)} %`;
}

/** A span of time in the unit that suits it: 1.25 ms, 3.4 s, 5 min. */
export function seconds(value) {
  if (!isNumber(value)) {
    return NOTHING;
  }
  const size = Math.abs(value);
  if (size === 0) {
    return '0 s';
  }
  if (size < 1e-3) {
    return `${Number((value * 1e6).toPrecision(3))} µs`;
  }
  if (size < 1) {
    return `${Number((value * 1e3).toPrecision(3))} ms`;
  }
  if (size < 120) {
    return `${Number(value.toPrecision(3))} s`;
  }
  return size < 7200 ? `${Math.round(value / 60)} min` : longTime(value);
}

function longTime(value) {
  const hours = value / 3600;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} d`;
}

/** How long ago: 5 s ago. */
export function ago(time, now) {
  const span = (now - time) / 1000;
  if (!isNumber(span)) {
    return NOTHING;
  }
  return span < 1 ? 'now' : `${seconds(Math.round(span))} ago`;
}

/** A time of day, and the day where it is not today's; the browser's zone. */
export function clock(time, now = Date.now()) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return NOTHING;
  }
  const two = (number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return new Date(now).toDateString() === date.toDateString() ? text : `${day} ${text}`;
}
