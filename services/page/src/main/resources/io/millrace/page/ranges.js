// The range of records that is looked at, the same in all charts over records; null for all.

export class SharedRange {
  value = null;
  #listeners = [];

  onChange(listener) {
    this.#listeners.push(listener);
  }

  set(value) {
    this.value = value;
    this.#listeners.forEach((listener) => listener(value));
  }
}

/** The range of an axis that holds all values: never empty. */
export function whole(least, most) {
  if (least === null || most === null) {
    return [0, 1];
  }
  return least === most ? [least - 1, most + 1] : [least, most];
}

/** The range of values that begin at 0, such as rates. */
export function fromZero(most) {
  return [0, most > 0 ? 1.08 * most : 1];
}

/** The range of scores with room around them; shares stay within 0 and 1. */
export function roomy(least, most) {
  if (least === null || most === null) {
    return [0, 1];
  }
  const room = most > least ? 0.08 * (most - least) : 0.1 * Math.abs(most) || 0.1;
  const share = least >= 0 && most <= 1;
  return [least >= 0 ? Math.max(0, least - room) : least - room, share ? Math.min(1.02, most + room) : most + room];
}

/** The range of a logarithmic axis: whole powers of ten would waste the height. */
export function logarithmic(least, most) {
  return least > 0 && most > 0 ? [least / 1.3, most * 1.3] : [1e-6, 1];
}

/** Whether a value on a logarithmic axis is labelled: 1, 2 and 5 of each power of ten. */
export function isRound(value) {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((round) => Math.abs(mantissa - round) < 1e-6);
}
