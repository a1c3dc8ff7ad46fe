// Marks: what happened, on the curves and in the list. Each kind has a letter, so that it is told
// without its colour.

/** The kinds, the most telling first: where two would overlap on a curve, the first keeps its letter. */
export const MARKS = {
  failed: { letter: 'F', name: 'failed', colour: 'bad' },
  diverged: { letter: 'X', name: 'diverged', colour: 'bad' },
  drift_detected: { letter: 'D', name: 'drift', colour: 'drift' },
  promoted: { letter: 'P', name: 'promotion', colour: 'good' },
  rolled_back: { letter: 'B', name: 'rollback', colour: 'bad' },
  vetoed: { letter: 'V', name: 'veto', colour: 'bad' },
  early_stopped: { letter: 'E', name: 'early stop', colour: 'phase' },
  round_started: { letter: 'R', name: 'round', colour: 'phase' },
  challenger_started: { letter: 'C', name: 'challenger', colour: 'phase' },
  baseline_compared: { letter: 'N', name: 'compared with the baseline', colour: 'plain' },
  learning_rate_reduced: { letter: 'L', name: 'lower learning rate', colour: 'plain' },
  rival_replaced: { letter: 'T', name: 'rival replaced', colour: 'plain' },
  records_rejected: { letter: 'J', name: 'rejected records', colour: 'plain', offCurves: true },
  command_done: { letter: 'K', name: 'command done', colour: 'plain', offCurves: true },
  command_refused: { letter: 'U', name: 'command refused', colour: 'bad', offCurves: true },
};

const UNKNOWN = { letter: '?', name: 'event', colour: 'plain', offCurves: true };

/** A letter needs so many pixels of the canvas' style to itself. */
const ROOM = 15;

export function markOf(kind) {
  return MARKS[kind] ?? UNKNOWN;
}

/** The kinds that are drawn on curves. A person may switch each off. */
export class ShownMarks {
  #off = new Set();

  shows(kind) {
    return !markOf(kind).offCurves && !this.#off.has(kind);
  }

  toggle(kind) {
    if (!this.#off.delete(kind)) {
      this.#off.add(kind);
    }
  }
}

/**
 * Places marks on a curve: [{mark, x, lettered}]. `x` is in pixels; marks that are not within the
 * width are left out. Of letters that would overlap, the more telling one stays.
 */
export function placed(marks, shown, toX, width) {
  const order = Object.keys(MARKS);
  const all = marks
    .filter((mark) => shown.shows(mark.kind))
    .map((mark) => ({ mark, x: toX(mark.records), lettered: false }))
    .filter(({ x }) => x >= 0 && x <= width);
  const taken = [];
  [...all]
    .sort((a, b) => order.indexOf(a.mark.kind) - order.indexOf(b.mark.kind) || b.mark.number - a.mark.number)
    .forEach((place) => {
      place.lettered = taken.every((x) => Math.abs(x - place.x) >= ROOM);
      if (place.lettered) {
        taken.push(place.x);
      }
    });
  return all;
}
