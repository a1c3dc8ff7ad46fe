// The stream: rates and lag over time, what was rejected and why, and where the time goes.

import { Chart } from './chart.js';
import { bar, breakable, byId, cell, element, rebuild, row } from './elements.js';
import { count, percent, rate } from './numbers.js';

const CURVES = [
  { column: 'records_per_second', title: 'Rate', unit: 'records/s', format: rate, style: { colour: 'series-1', width: 1.5, points: false } },
  { column: 'lag', title: 'Lag', unit: 'records', format: count, style: { colour: 'series-2', width: 1.5, points: false } },
  { column: 'rejected', title: 'Rejected', unit: 'records', format: count, style: { colour: 'series-4', width: 1.5, points: false } },
];

export class Stream {
  #charts = CURVES.map(({ title, unit, format }) => new Chart({ title, unit, format, across: 'time', fromZero: true }));

  constructor() {
    byId('rates').replaceChildren(...this.#charts.map((chart) => chart.node));
  }

  drawRates({ history: { rates } }) {
    CURVES.forEach(({ column, style }, index) =>
      this.#charts[index].set(rates.time, [{ name: column, values: rates[column], style }], 'Waits for the first second.'));
  }

  drawState({ state }) {
    const trainer = state?.trainer;
    if (trainer) {
      drawRejections(trainer);
      drawProblems(trainer);
      drawStages(trainer);
    }
  }
}

function drawRejections({ rejections, rejected, records }) {
  const all = Object.entries(rejections ?? {}).sort((a, b) => b[1] - a[1]);
  const most = all[0]?.[1] ?? 0;
  rebuild(byId('rejections'), JSON.stringify([all, rejected]), () => {
    if (all.length === 0) {
      const earlier = rejected > 0 ? ` ${count(rejected)} were before this start.` : '';
      return [element('p', { class: 'awaited' }, `None since this start.${earlier}`)];
    }
    const rows = all.map(([reason, number]) => row(breakable(reason), bar(number / most), { number: count(number) }, { number: percent(number, records) }));
    return [element('table', {}, heads('Reason', '', 'Records', 'Share'), element('tbody', {}, ...rows))];
  });
}

function drawProblems({ problems }) {
  const all = problems ?? [];
  rebuild(byId('problems'), JSON.stringify(all), () => {
    if (all.length === 0) {
      return [element('p', { class: 'awaited' }, 'No record was rejected.')];
    }
    const rows = all.map(({ field, problem, reason, records }) =>
      element('tr', {}, element('th', { scope: 'row' }, field || '–'), cell(element('span', {}, problem, element('span', { class: 'reason' }, reason))), cell({ number: count(records) })));
    return [element('table', {}, heads('Field', 'Problem', 'Records'), element('tbody', {}, ...rows))];
  });
}

function drawStages({ seconds_by_stage: stages }) {
  const all = Object.entries(stages ?? {}).sort((a, b) => b[1] - a[1]);
  const sum = all.reduce((total, [, value]) => total + value, 0);
  const shares = all.map(([name, value]) => [name, percent(value, sum), value / sum]);
  rebuild(byId('stages'), JSON.stringify(shares.map(([name, text]) => [name, text])), () => {
    if (!(sum > 0)) {
      return [element('p', { class: 'awaited' }, 'Waits for the first records.')];
    }
    return [element('table', {}, heads('Stage', '', 'Share'), element('tbody', {}, ...shares.map(([name, text, share]) => row(name.toLowerCase(), bar(share), { number: text }))))];
  });
}

/** The head of a table; a column without a name is for eyes only. */
function heads(...names) {
  const figures = new Set(['Records', 'Share']);
  return element('thead', {}, element('tr', {}, ...names.map((name) => (name === '' ? element('td', {}) : element('th', { scope: 'col', class: figures.has(name) ? 'number' : null }, name)))));
}
