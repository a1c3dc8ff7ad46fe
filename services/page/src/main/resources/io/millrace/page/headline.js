// How it stands, in a sentence, and what is wrong. Pure functions of the newest state.

import { brief, count, percent } from './numbers.js';
import { againstBaselines, beats } from './scores.js';

/** The words for phases. */
export const PHASES = {
  WARMING: 'warming up',
  TRAINING: 'training',
  STEADY: 'steady',
  CONVERGED: 'converged',
  FAILED: 'failed',
};

/** From which share on rejected records are told of as something to look at. */
const NOTED_SHARE = 0.01;

/**
 * The sentence: `val_accuracy 0.93, majority 0.12; phase steady; version 17 served`. What is wrong
 * comes first.
 *
 * @param found what {@link findings} has found
 */
export function sentence(state, found = []) {
  if (!state) {
    return 'Waiting for the service\u2019s first answer';
  }
  const wrong = found.filter(({ level }) => level === 'problem').map(({ short }) => short);
  const parts = [...new Set(wrong), ...learned(state.trainer), ...served(state)];
  return parts.length === 0 ? 'Neither a trainer nor a model runs in this process' : upperFirst(parts.join('; '));
}

function learned(trainer) {
  if (!trainer) {
    return [];
  }
  if (!trainer.records) {
    return ['waiting for the first record'];
  }
  const phase = `phase ${PHASES[trainer.phase] ?? lower(trainer.phase)}`;
  const paused = trainer.paused ? ', paused' : trainer.rewinding ? ', rewinding' : '';
  return [score(trainer), phase + paused].filter((part) => part !== '');
}

function score(trainer) {
  const [pair] = againstBaselines(trainer.validation);
  if (pair) {
    const close = brief(pair.value) === brief(pair.limit) && pair.value !== pair.limit;
    const text = close ? (value) => value.toFixed(4) : brief;
    return `${pair.name} ${text(pair.value)}, ${pair.word} ${text(pair.limit)}`;
  }
  const [name, value] = newest(trainer);
  return name === undefined ? '' : `${name} ${brief(value)}`;
}

function newest(trainer) {
  const all = { ...trainer.scores, ...trainer.validation };
  const name = ['val_accuracy', 'val_loss', 'accuracy', 'loss'].find((known) => Number.isFinite(all[known]));
  return name === undefined ? [] : [name, all[name]];
}

function served(state) {
  const models = state.serving?.models ?? [];
  const ready = models.filter((model) => model.version > 0);
  if (ready.length === 1) {
    return [`version ${ready[0].version} served`];
  }
  if (ready.length > 1) {
    return [`${ready.length} of ${models.length} models served`];
  }
  if (state.serving) {
    return ['no version served yet'];
  }
  return state.trainer?.champion ? [`version ${state.trainer.champion} is the champion`] : [];
}

/**
 * What is wrong or worth a look, the worst first: [{level: 'problem' | 'note', text}], and
 * of a problem a short name.
 *
 * @param connection {status: 'live' | 'connecting' | 'lost', ...} of the stream
 */
export function findings(state, connection) {
  const found = [...ofConnection(connection)];
  if (!state) {
    return found;
  }
  if (!state.ready) {
    const reasons = state.reasons?.length ? state.reasons : ['no reason was given'];
    reasons.forEach((reason) => found.push(problem('not ready', `Not ready: ${reason}`)));
  }
  found.push(...ofTrainer(state.trainer));
  (state.remarks ?? []).forEach((remark) => found.push(note(remark)));
  return found;
}

function ofConnection(connection) {
  if (connection.status !== 'lost') {
    return [];
  }
  return [problem('connection lost', `The connection to the service is lost. ${connection.reason ?? 'It is tried again'}. What is shown may be old`)];
}

function ofTrainer(trainer) {
  if (!trainer) {
    return [];
  }
  const found = [...ofRejections(trainer), ...ofPhase(trainer), ...ofBaselines(trainer)];
  if (trainer.paused) {
    found.push(note('Paused: no records are consumed until it is resumed'));
  }
  if (trainer.lost > 0) {
    found.push(problem('records lost', `${count(trainer.lost)} records were lost: retention removed them before they were read`));
  }
  if (trainer.unwritten > 0) {
    found.push(problem('dead letters refused', `${count(trainer.unwritten)} dead letters or events were refused by the brokers`));
  }
  return found;
}

function ofRejections(trainer) {
  if (!trainer.rejected) {
    return [];
  }
  const why = mostly(trainer.problems);
  if (trainer.rejected >= trainer.records) {
    return [problem('every record is rejected', `Every record is rejected (${count(trainer.rejected)})${why}`)];
  }
  const share = percent(trainer.rejected, trainer.records);
  return trainer.rejected / trainer.records < NOTED_SHARE
    ? []
    : [note(`${share} of the records are rejected (${count(trainer.rejected)})${why}`)];
}

function mostly(problems) {
  const [first] = problems ?? [];
  return first ? `, mostly: ${first.problem} (${first.reason}, ${count(first.records)})` : '';
}

function ofPhase(trainer) {
  if (trainer.phase !== 'FAILED') {
    return [];
  }
  return [problem('training diverged', 'Training diverged too often and has failed; the last good model stays in service')];
}

function ofBaselines(trainer) {
  return againstBaselines(trainer.validation)
    .filter((pair) => !beats(pair))
    .map((pair) => problem('no better than the baseline', `No better than the baseline: ${pair.name} ${pair.value.toFixed(4)}, ${pair.baseline} ${pair.limit.toFixed(4)}`));
}

function problem(short, text) {
  return { level: 'problem', short, text };
}

function note(text) {
  return { level: 'note', text };
}

function lower(text) {
  return String(text ?? 'unknown').toLowerCase();
}

function upperFirst(text) {
  // Keras' names stay as they are: `val_accuracy` begins a sentence in lower case.
  return /^[a-z]+_/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
