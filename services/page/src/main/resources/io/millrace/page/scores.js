// Names of scores, as Keras has them, and what belongs together. Pure functions.
//
// `val_accuracy[carrier=AA]` is `accuracy` on the window's records of one slice;
// `val_majority_accuracy` and `no_change_accuracy` are what needs no learning.

const BASELINES = ['majority_', 'no_change_', 'constant_'];
const ROLLING = 'rolling_';
const WINDOW = 'val_';

/** Where a score was measured, in the order in which curves are drawn and listed. */
export const KINDS = ['window', 'stream', 'rolling', 'window baseline', 'baseline'];

/** What the kinds are called on the page. */
export const KIND_NAMES = {
  window: 'validation window',
  stream: 'test, then train',
  rolling: 'newest records, before training',
  'window baseline': 'baseline on the window',
  baseline: 'baseline on the newest records',
};

/**
 * Takes a score's name apart: {name, base, kind, baseline, slice, sliceKey}. `baseline` is the
 * word of it, such as `majority`; `slice` is the text between brackets.
 */
export function parse(name) {
  const bracket = name.indexOf('[');
  const slice = bracket > 0 && name.endsWith(']') ? name.slice(bracket + 1, -1) : null;
  let base = slice === null ? name : name.slice(0, bracket);
  const onWindow = base.startsWith(WINDOW);
  if (onWindow) {
    base = base.slice(WINDOW.length);
  }
  const word = [...BASELINES, ROLLING].find((part) => wordAt(base, part) >= 0);
  let baseline = null;
  let kind = onWindow ? 'window' : 'stream';
  if (word !== undefined) {
    const at = wordAt(base, word);
    base = base.slice(0, at) + base.slice(at + word.length);
    baseline = word === ROLLING ? null : word.slice(0, -1);
    kind = baseline === null ? ROLLING.slice(0, -1) : onWindow ? 'window baseline' : 'baseline';
  }
  const equals = slice === null ? -1 : slice.indexOf('=');
  return { name, base, kind, baseline, slice, sliceKey: equals > 0 ? slice.slice(0, equals) : slice };
}

/** A part counts where a word begins: `majority_` in `label_majority_accuracy`. */
function wordAt(base, part) {
  if (base.startsWith(part)) {
    return 0;
  }
  const at = base.indexOf(`_${part}`);
  return at < 0 ? -1 : at + 1;
}

/**
 * Groups names into charts: [{title, base, slices, names}]. The loss is first; a score's slices
 * have a chart of their own for each field, after the score's.
 */
export function charts(names) {
  const groups = new Map();
  for (const name of names) {
    const part = parse(name);
    if (name === 'learning_rate') {
      continue;
    }
    const key = part.slice === null ? part.base : `${part.base}\u0000${part.sliceKey}`;
    if (!groups.has(key)) {
      const title = part.slice === null ? part.base : `val_${part.base} by ${part.sliceKey}`;
      groups.set(key, { key, title, base: part.base, slices: part.slice !== null, names: [] });
    }
    groups.get(key).names.push(name);
  }
  const all = [...groups.values()];
  all.forEach((group) => group.names.sort(byKind));
  const rank = (group) => (group.slices ? 2 : 0) + (group.base === 'loss' || !/loss$/.test(group.base) ? 0 : 1);
  return all.sort((a, b) => first(b) - first(a) || rank(a) - rank(b));
}

function first(group) {
  return group.base === 'loss' && !group.slices ? 1 : 0;
}

function byKind(a, b) {
  return KINDS.indexOf(parse(a).kind) - KINDS.indexOf(parse(b).kind);
}

/** Whether a larger value of the score is the better one. */
export function largerIsBetter(name) {
  return !/(loss|error|crossentropy|divergence|deviance|hinge|brier|perplexity)/.test(parse(name).base);
}

/** The pairs of scores on the window and their baselines: [{name, value, baseline, word, limit}]. */
export function againstBaselines(validation) {
  const pairs = [];
  for (const [baseline, limit] of Object.entries(validation ?? {})) {
    const part = parse(baseline);
    const name = `${WINDOW}${part.base}`;
    if (part.kind === 'window baseline' && part.slice === null && isNumber(limit) && isNumber(validation[name])) {
      pairs.push({ name, value: validation[name], baseline, word: part.baseline, limit });
    }
  }
  return pairs;
}

/** Whether the score of a pair is better than its baseline. */
export function beats(pair) {
  return largerIsBetter(pair.name) ? pair.value > pair.limit : pair.value < pair.limit;
}

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}
