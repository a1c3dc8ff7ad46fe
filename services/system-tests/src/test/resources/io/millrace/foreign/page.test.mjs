// The parts of the page that need no browser, by Node's own test runner.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addEvaluation, addMark, addRates, completed, emptyHistory, MOST_RATES, restingSpans, stacked, summary } from './page/columns.js';
import { EventStreamReader } from './page/eventstream.js';
import { findings, sentence } from './page/headline.js';
import { MARKS, placed, ShownMarks } from './page/marks.js';
import { ago, brief, clock, count, NOTHING, percent, rate, score, seconds, setting, tick } from './page/numbers.js';
import { roomy, whole } from './page/ranges.js';
import { againstBaselines, beats, charts, largerIsBetter, parse } from './page/scores.js';

const LIVE = { status: 'live' };
const TRAINER = { phase: 'TRAINING', round: 1, records: 1000, rejected: 0, validation: {}, scores: {}, problems: [] };

function state(trainer = {}, more = {}) {
  return { ready: true, reasons: [], remarks: [], trainer: { ...TRAINER, ...trainer }, ...more };
}

test('count_largeNumber_separatesThousands', () => {
  assert.equal(count(1234567), '1,234,567');
  assert.equal(count(null), NOTHING);
});

test('score_anySize_hasFourSignificantFigures', () => {
  assert.deepEqual([0.93125, 0.0123456, 12.3456, 12345.6, 0.00000123, 0, 1, NaN].map(score), ['0.9313', '0.01235', '12.35', '12,346', '1.23e-6', '0', '1.000', NOTHING]);
});

test('setting_learningRate_hasNoNeedlessZeros', () => {
  assert.deepEqual([0.0015, 0.003, 0.00001].map(setting), ['0.0015', '0.003', '1e-5']);
});

test('numbers_otherForms_nameTheirUnits', () => {
  assert.deepEqual([rate(0.44), rate(36987.2)], ['0.4', '36,987']);
  assert.deepEqual([percent(1, 3), percent(1, 100000), percent(2, 2), percent(1, 0)], ['33.3 %', '< 0.1 %', '100 %', NOTHING]);
  assert.deepEqual([0, 0.00021, 0.0034, 3.4, 300, 7200, 200000].map(seconds), ['0 s', '210 µs', '3.4 ms', '3.4 s', '5 min', '2 h', '2 d']);
  assert.equal(ago(0, 5000), '5 s ago');
  assert.deepEqual([tick(120000), tick(0.25), tick(0.0001)], ['120K', '0.25', '1e-4']);
  assert.equal(brief(0.9312), '0.93');
  assert.equal(clock('nonsense'), NOTHING);
});

test('parse_everyKindOfName_tellsBaseAndKind', () => {
  const told = (name) => { const { base, kind, baseline, slice } = parse(name); return [base, kind, baseline, slice]; };
  assert.deepEqual(told('val_accuracy'), ['accuracy', 'window', null, null]);
  assert.deepEqual(told('accuracy'), ['accuracy', 'stream', null, null]);
  assert.deepEqual(told('rolling_accuracy'), ['accuracy', 'rolling', null, null]);
  assert.deepEqual(told('val_majority_accuracy'), ['accuracy', 'window baseline', 'majority', null]);
  assert.deepEqual(told('no_change_accuracy'), ['accuracy', 'baseline', 'no_change', null]);
  assert.deepEqual(told('val_price_constant_mean_absolute_error'), ['price_mean_absolute_error', 'window baseline', 'constant', null]);
  assert.deepEqual(told('val_loss[carrier=A[A]]'), ['loss', 'window', null, 'carrier=A[A]']);
});

test('charts_namesOfAModel_lossFirstThenScoresThenSlices', () => {
  const groups = charts(['accuracy', 'val_accuracy', 'val_majority_accuracy', 'loss', 'val_loss', 'learning_rate', 'val_loss[carrier=AA]']);
  assert.deepEqual(groups.map((group) => group.title), ['loss', 'accuracy', 'val_loss by carrier']);
  assert.deepEqual(groups[1].names, ['val_accuracy', 'accuracy', 'val_majority_accuracy']);
});

test('againstBaselines_eachDirection_isComparedAsItShould', () => {
  const [accuracy] = againstBaselines({ val_accuracy: 0.9, val_majority_accuracy: 0.1 });
  const [error] = againstBaselines({ val_mean_absolute_error: 3, val_constant_mean_absolute_error: 2 });
  assert.equal(beats(accuracy), true);
  assert.equal(beats(error), false);
  assert.deepEqual(['val_loss', 'val_mean_squared_error', 'val_r2_score', 'accuracy'].map(largerIsBetter), [false, false, true, true]);
  assert.deepEqual(againstBaselines({ val_accuracy: null, val_majority_accuracy: 0.1 }), []);
});

test('sentence_runningModel_tellsScoreBaselinePhaseAndVersion', () => {
  const told = sentence(state({ phase: 'TRAINING', validation: { val_accuracy: 0.931, val_majority_accuracy: 0.12 } }, { serving: { models: [{ version: 17 }] } }));
  assert.equal(told, 'val_accuracy 0.93, majority 0.12; phase training; version 17 served');
});

test('sentence_scoresThatAreClose_areToldApart', () => {
  const told = sentence(state({ validation: { val_accuracy: 0.1203, val_majority_accuracy: 0.1234 } }));
  assert.equal(told, 'val_accuracy 0.1203, majority 0.1234; phase training');
});

test('sentence_nothingYet_saysWhatIsAwaited', () => {
  assert.equal(sentence(null), 'Waiting for the service’s first answer');
  assert.equal(sentence(state({ records: 0 })), 'Waiting for the first record');
});

test('sentence_problems_comeFirstAndOnce', () => {
  const bad = state({ rejected: 1000 }, { ready: false, reasons: ['a', 'b'] });
  assert.equal(sentence(bad, findings(bad, LIVE)), 'Not ready; every record is rejected; phase training');
});

test('findings_wellService_areNone', () => {
  assert.deepEqual(findings(state(), LIVE), []);
});

test('findings_everyRecordRejected_nameFieldAndReason', () => {
  const [found] = findings(state({ rejected: 1000, problems: [{ reason: 'MALFORMED', field: 'label', problem: "a number is needed in field 'label'", records: 990 }] }), LIVE);
  assert.deepEqual(found, { level: 'problem', short: 'every record is rejected', text: "Every record is rejected (1,000), mostly: a number is needed in field 'label' (MALFORMED, 990)" });
});

test('findings_troubles_areEachTold', () => {
  const told = (trainer, more, connection = LIVE) => findings(state(trainer, more), connection).map(({ level, text }) => `${level}: ${text}`).join('\n');
  assert.match(told({}, { ready: false, reasons: ['trainer: the brokers are away'] }), /problem: Not ready: trainer: the brokers are away/);
  assert.match(told({ validation: { val_accuracy: 0.1, val_majority_accuracy: 0.2 } }), /No better than the baseline: val_accuracy 0.1000, val_majority_accuracy 0.2000/);
  assert.match(told({ phase: 'FAILED' }), /diverged too often/);
  assert.match(told({ lost: 5 }), /5 records were lost/);
  assert.match(told({ paused: true }), /note: Paused/);
  assert.match(told({ rejected: 100 }), /note: 10.0 % of the records are rejected/);
  assert.match(told({}, {}, { status: 'lost', reason: 'The service does not answer; it is tried again' }), /problem: The connection to the service is lost/);
  assert.equal(told({ rejected: 1 }), '');
});

test('addEvaluation_newName_startsWithGaps', () => {
  const history = emptyHistory();
  addEvaluation(history, { records: 10, time: 1, scores: { val_loss: 2 }, learning_rate: 0.1 });
  addEvaluation(history, { records: 20, time: 2, scores: { val_loss: 1, val_accuracy: 0.5 }, learning_rate: null });
  assert.equal(addEvaluation(history, { records: 20, time: 2, scores: {} }), false);
  assert.deepEqual(history.records, [10, 20]);
  assert.deepEqual(history.series, { val_loss: [2, 1], learning_rate: [0.1, null], val_accuracy: [null, 0.5] });
});

test('addEvaluation_sharesOfRivals_goWithTheirRival', () => {
  const history = emptyHistory();
  addEvaluation(history, { records: 10, time: 1, scores: {}, shares: { fast: 0.75, slow: 0.25 } });
  addEvaluation(history, { records: 20, time: 2, scores: {}, shares: { fast: 0.5, late: 0.5 } });
  assert.deepEqual(history.shares, { records: [10, 20], time: [1, 2], series: { fast: [0.75, 0.5], late: [null, 0.5] } });
  addEvaluation(history, { records: 30, time: 3, scores: {} });
  assert.deepEqual(history.shares, { records: [], time: [], series: {} });
});

test('stacked_gaps_haveNoHeight', () => {
  assert.deepEqual(stacked([[0.5, 0.25], [null, null], [0.5, 0.75]]), [[0.5, 0.25], [0.5, 0.25], [1, 1]]);
  assert.deepEqual(stacked([]), []);
});

test('addMark_twice_isKeptOnce', () => {
  const history = completed({});
  assert.equal(addMark(history, { number: 3 }), true);
  assert.equal(addMark(history, { number: 3 }), false);
});

test('addRates_longOpenPage_staysBounded', () => {
  const { rates } = completed({});
  for (let second = 1; second <= 2 * MOST_RATES; second++) {
    addRates(rates, { time: new Date(1e12 + 1000 * second).toISOString(), trainer: { lag: second } });
  }
  assert.ok(rates.time.length <= MOST_RATES);
  assert.equal(rates.lag.length, rates.time.length);
  assert.equal(rates.lag.at(-1), 2 * MOST_RATES);
});

test('summary_gaps_areLeftOut', () => {
  assert.deepEqual(summary([null, 3, 1, 2, null]), { latest: 2, least: 1, most: 3 });
  assert.equal(summary([null]), null);
});

test('restingSpans_stopsAndRounds_areBetween', () => {
  const marks = [['round_started', 0], ['early_stopped', 10], ['round_started', 20], ['failed', 30]].map(([kind, records], number) => ({ kind, records, number }));
  assert.deepEqual(restingSpans(marks), [[10, 20], [30, null]]);
});

test('placed_marksAtOnePlace_keepTheMoreTellingLetter', () => {
  const marks = [{ kind: 'round_started', records: 50, number: 1 }, { kind: 'drift_detected', records: 50, number: 2 }, { kind: 'promoted', records: 90, number: 3 }, { kind: 'command_done', records: 10, number: 4 }, { kind: 'promoted', records: 200, number: 5 }];
  const shown = new ShownMarks();
  assert.deepEqual(placed(marks, shown, (x) => x, 100).map(({ mark, lettered }) => [mark.number, lettered]), [[1, false], [2, true], [3, true]]);
  shown.toggle('drift_detected');
  assert.deepEqual(placed(marks, shown, (x) => x, 100).map(({ mark, lettered }) => [mark.number, lettered]), [[1, true], [3, true]]);
});

test('marks_letters_areEachAnother', () => {
  const letters = Object.values(MARKS).map(({ letter }) => letter);
  assert.equal(new Set(letters).size, letters.length);
});

test('ranges_anyValues_areNeverEmpty', () => {
  for (const [least, most] of [[0, 0], [5, 5], [0.2, 0.9], [-1, 1], [null, null]]) {
    assert.ok(whole(least, most)[0] < whole(least, most)[1]);
    assert.ok(roomy(least, most)[0] < roomy(least, most)[1]);
  }
});

test('eventStream_cutAnywhere_givesWholeEvents', () => {
  const text = ': open\n\nretry: 2000\n\nid: 7\nevent: mark\ndata: {"a":\ndata: "é"}\n\r\nevent: state\rdata:x\r\r';
  for (let cut = 0; cut <= text.length; cut++) {
    const heard = [];
    const reader = new EventStreamReader((event) => heard.push(event));
    reader.take(text.slice(0, cut));
    reader.take(text.slice(cut));
    reader.take('\n');
    assert.deepEqual(heard, [{ event: 'mark', id: '7', data: '{"a":\n"é"}' }, { event: 'state', id: '', data: 'x' }]);
  }
});
