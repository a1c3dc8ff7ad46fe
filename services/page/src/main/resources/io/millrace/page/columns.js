// History in columns that are aligned to `records`, and rates in columns aligned to `time`.
// Pure: every function returns new columns or changes only those it is given.

/** Rates are kept for as long as the page needs to draw an hour of them. */
export const MOST_RATES = 3600;

/** An empty history, in the form of the service's answer. */
export function emptyHistory() {
  return { ...emptyColumns(), shares: emptyColumns(), marks: [], rates: emptyRates() };
}

function emptyColumns() {
  return { records: [], time: [], series: {} };
}

function emptyRates() {
  return { time: [], lag: [], records_per_second: [], rejected: [] };
}

/** The service's answer with nothing left out. */
export function completed(history) {
  const empty = emptyHistory();
  return { ...empty, ...history, rates: { ...empty.rates, ...(history.rates ?? {}) } };
}

/**
 * Adds an evaluation to the columns. Returns whether it is new: one that is not after the newest
 * was in the history already.
 */
export function addEvaluation(history, evaluation) {
  const newest = history.records.at(-1);
  if (newest !== undefined && evaluation.records <= newest) {
    return false;
  }
  addRow(history, evaluation, { ...evaluation.scores, learning_rate: evaluation.learning_rate ?? null });
  addShares(history, evaluation);
  return true;
}

/** The curve of a rival that fell goes with it, as it does in the service. */
function addShares(history, evaluation) {
  const values = evaluation.shares ?? {};
  if (Object.keys(values).length === 0) {
    history.shares = emptyColumns();
    return;
  }
  const { series } = history.shares;
  Object.keys(series).filter((name) => !(name in values)).forEach((name) => delete series[name]);
  addRow(history.shares, evaluation, values);
}

function addRow(columns, { records, time }, values) {
  const before = columns.records.length;
  columns.records.push(records);
  columns.time.push(time);
  for (const name of Object.keys(values)) {
    columns.series[name] ??= new Array(before).fill(null);
  }
  for (const [name, column] of Object.entries(columns.series)) {
    column.push(values[name] ?? null);
  }
}

/**
 * Puts curves of shares upon each other: each is raised by those before it. A gap has no height.
 */
export function stacked(columns) {
  let below = [];
  return columns.map((column) => {
    below = column.map((value, index) => (below[index] ?? 0) + (value ?? 0));
    return below;
  });
}

/** Adds a mark unless it is there already. Returns whether it is new. */
export function addMark(history, mark) {
  if (history.marks.some((known) => known.number === mark.number)) {
    return false;
  }
  history.marks.push(mark);
  return true;
}

/** Adds what a state says of the moment. */
export function addRates(rates, state) {
  const trainer = state.trainer;
  const time = Date.parse(state.time);
  if (!trainer || !(time > (rates.time.at(-1) ?? 0))) {
    return;
  }
  rates.time.push(time);
  rates.lag.push(trainer.lag ?? null);
  rates.records_per_second.push(trainer.records_per_second ?? null);
  rates.rejected.push(trainer.rejected ?? null);
  if (rates.time.length > MOST_RATES) {
    Object.values(rates).forEach((column) => column.splice(0, MOST_RATES / 4));
  }
}

/** The latest, smallest and largest number of a column: {latest, least, most}, or null. */
export function summary(column) {
  let latest = null;
  let least = Infinity;
  let most = -Infinity;
  for (const value of column) {
    if (value !== null && value !== undefined && Number.isFinite(value)) {
      latest = value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return latest === null ? null : { latest, least, most };
}

/** The spans of records in which nothing was trained: [[from, to]], `to` null where it lasts. */
export function restingSpans(marks) {
  const spans = [];
  let from = null;
  for (const mark of [...marks].sort((a, b) => a.number - b.number)) {
    if (from === null && (mark.kind === 'early_stopped' || mark.kind === 'failed')) {
      from = mark.records;
    } else if (from !== null && mark.kind === 'round_started') {
      spans.push([from, mark.records]);
      from = null;
    }
  }
  return from === null ? spans : [...spans, [from, null]];
}
