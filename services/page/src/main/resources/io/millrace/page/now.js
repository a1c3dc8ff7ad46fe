// The top of the page: how it stands, what is wrong, and the figures of the moment.

import { PHASES, findings, sentence } from './headline.js';
import { breakable, byId, element, rebuild, setShown, setText } from './elements.js';
import { NOTHING, count, percent, rate, score, seconds, setting } from './numbers.js';
import { againstBaselines } from './scores.js';
import { token } from './service.js';

const STATUS = { live: 'Live', connecting: 'Connecting', lost: 'Reconnecting', refused: 'Token needed' };

export function drawNow({ state, connection }) {
  connected(connection);
  const found = findings(state, connection);
  const locked = connection.status === 'refused' && state === null;
  setText(byId('headline'), locked ? 'This page needs a token' : sentence(state, found));
  setShown(byId('token-open'), state?.commands === 'token' || connection.status === 'refused' || token() !== '');
  drawFindings(found);
  if (state !== null) {
    drawState(state);
  }
}

function connected({ status, reason }) {
  const chip = byId('connection');
  setText(chip, STATUS[status]);
  chip.dataset.status = status;
  chip.title = reason ?? '';
}

function drawFindings(found) {
  rebuild(byId('findings'), JSON.stringify(found), () => found.map(({ level, text }) => {
    const word = element('strong', {}, level === 'problem' ? 'Problem' : 'Note');
    return element('li', { class: `finding ${level}` }, word, element('span', {}, sentenceEnd(text)));
  }));
}

function sentenceEnd(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function drawState(state) {
  setText(byId('model'), state.model);
  const title = `${state.model} · Millrace`;
  if (document.title !== title) {
    document.title = title;
  }
  setText(byId('about'), state.version ?? 'Millrace');
  const parts = { ...state, rivals: state.trainer?.rivals?.length };
  for (const section of document.querySelectorAll('[data-part]')) {
    const there = Boolean(parts[section.dataset.part]);
    setShown(section, there);
    setShown(document.querySelector(`nav a[href="#${section.id}"]`).parentElement, there);
  }
  drawTiles(tiles(state));
}

/** The figures: [name, value, what stands below]. */
function tiles({ trainer, serving }) {
  const asked = serving ? ofServing(serving) : [];
  return trainer ? [...ofTrainer(trainer), ...asked.slice(0, 1)] : asked;
}

function ofTrainer(trainer) {
  const [pair] = againstBaselines(trainer.validation);
  const scores = { ...trainer.scores, ...trainer.validation };
  const judged = pair ? [[pair.name, score(pair.value), `${pair.word} ${score(pair.limit)}`]] : [];
  return [
    ['phase', PHASES[trainer.phase] ?? trainer.phase, `round ${count(trainer.round)}${trainer.paused ? ', paused' : ''}`],
    ['records', count(trainer.records), `${count(trainer.validated)} held out`],
    ['rate', `${rate(trainer.records_per_second)}/s`, `lag ${count(trainer.lag)} records`],
    ['loss', score(scores.loss), `val_loss ${score(scores.val_loss)}`],
    ...judged,
    ...leading(trainer.rivals ?? []),
    ['learning rate', setting(trainer.learning_rate), `${count(trainer.steps)} steps`],
    ['rejected', count(trainer.rejected), trainer.rejected > 0 ? `${percent(trainer.rejected, trainer.records)} of the records` : 'no record'],
    ['version', trainer.version ? count(trainer.version) : NOTHING, trainer.champion ? `champion ${count(trainer.champion)}` : 'no champion yet'],
  ];
}

function leading(rivals) {
  const leader = rivals.reduce((best, rival) => (best === null || rival.share > best.share ? rival : best), null);
  return leader === null ? [] : [['leader', leader.name, `share ${percent(leader.share, 1)}, of ${count(rivals.length)} rivals`]];
}

function ofServing(serving) {
  const models = serving.models ?? [];
  const requests = Object.values(serving.requests ?? {}).reduce((sum, value) => sum + value, 0);
  const served = models.length === 1 ? `version ${models[0].version || NOTHING}` : `${count(models.length)} models`;
  return [
    ['requests', count(requests), served],
    ['compute time', seconds(serving.compute_seconds?.mean), `at most ${seconds(serving.compute_seconds?.max)}`],
    ['queue time', seconds(serving.queue_seconds?.mean), `${count(serving.queue_length)} requests wait`],
  ];
}

function drawTiles(all) {
  const list = byId('tiles');
  rebuild(list, all.map(([name]) => name).join('\n'), () => all.map(([name]) =>
    element('div', {}, element('dt', {}, breakable(name)), element('dd', { class: 'figure' }), element('dd', { class: 'below' }))));
  all.forEach(([, value, below], index) => {
    const [, figure, more] = list.children[index].children;
    setText(figure, value);
    setText(more, below);
  });
}
