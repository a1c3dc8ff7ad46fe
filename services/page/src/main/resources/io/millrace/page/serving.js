// Where a model answers: versions and their age, the time of a request, and how requests ended.

import { bar, breakable, byId, cell, element, rebuild, row } from './elements.js';
import { NOTHING, count, percent, seconds } from './numbers.js';

export function drawServing({ state }) {
  const serving = state?.serving;
  if (!serving) {
    return;
  }
  drawModels(serving.models ?? []);
  drawTimes(serving);
  drawRequests(serving.requests ?? {});
}

function drawModels(models) {
  const all = models.map((model) => [model.model, model.version ? count(model.version) : NOTHING, seconds(age(model)), model.ready ? 'ready' : 'not ready']);
  rebuild(byId('models'), JSON.stringify(all), () => {
    if (all.length === 0) {
      return [element('p', { class: 'awaited' }, 'Waits for the first version.')];
    }
    const head = element('tr', {}, ...['Model', 'Version', 'Staleness', 'State'].map((name, index) => element('th', { scope: 'col', class: index === 1 || index === 2 ? 'number' : null }, name)));
    const rows = all.map(([model, version, stale, ready]) =>
      element('tr', {}, element('th', { scope: 'row' }, model), cell({ number: version }), cell({ number: stale }), cell(ready)));
    return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))];
  });
}

function age({ staleness_seconds: stale }) {
  return Number.isFinite(stale) ? Math.round(stale) : null;
}

function drawTimes({ queue_seconds: queue, compute_seconds: compute, queue_length: length }) {
  const rows = [['in the queue', ...spans(queue)], ['computing', ...spans(compute)]];
  rebuild(byId('times'), JSON.stringify([rows, length]), () => {
    const head = element('tr', {}, element('td', {}), element('th', { scope: 'col', class: 'number' }, 'Mean'), element('th', { scope: 'col', class: 'number' }, 'Largest'));
    const body = rows.map(([name, mean, most]) => row(name, { number: mean }, { number: most }));
    const waiting = element('p', { class: 'hint' }, `${count(length)} requests wait in the queue.`);
    return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)), waiting];
  });
}

/** Before the first request there is neither a mean nor a largest. */
function spans(times) {
  return Number.isFinite(times?.mean) ? [seconds(times.mean), seconds(times.max)] : [NOTHING, NOTHING];
}

function drawRequests(requests) {
  const all = Object.entries(requests).filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1]);
  const sum = all.reduce((total, [, number]) => total + number, 0);
  rebuild(byId('requests'), JSON.stringify(all), () => {
    if (all.length === 0) {
      return [element('p', { class: 'awaited' }, 'Waits for the first request.')];
    }
    const head = element('tr', {}, element('th', { scope: 'col' }, 'Status'), element('td', {}), element('th', { scope: 'col', class: 'number' }, 'Requests'), element('th', { scope: 'col', class: 'number' }, 'Share'));
    const rows = all.map(([status, number]) => row(breakable(status), bar(number / sum), { number: count(number) }, { number: percent(number, sum) }));
    return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))];
  });
}
