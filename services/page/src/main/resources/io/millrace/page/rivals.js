// Rivals: learners side by side on one stream, their shares of the answer, and how each stands.

import { Chart } from './chart.js';
import { bar, byId, cell, element, rebuild, setText } from './elements.js';
import { count, percent, score, setting } from './numbers.js';

const COLOURS = 6;
const DASHES = [undefined, [6, 3], [2, 2]];
const FALLEN = { colour: 'muted', width: 1, dash: [2, 3] };

export class Rivals {
  #shares;

  /** @param marks {all, shown}: the marks of the moment, and which are drawn */
  constructor(marks, range) {
    this.#shares = new Chart({ title: 'Shares', unit: 'of the answer', range, marks, stacked: true, format: share });
    byId('shares').replaceWith(this.#shares.node);
  }

  drawShares({ history: { shares } }) {
    this.#shares.set(shares.records, curvesOf(shares));
  }

  redraw() {
    this.#shares.redraw();
  }

  drawTable({ state }) {
    const rivals = state?.trainer?.rivals ?? [];
    const leader = Math.max(...rivals.map((rival) => rival.share));
    const table = byId('rival-table');
    rebuild(table, JSON.stringify(rivals.map(({ name, changes, since }) => [name, changes, since])), () => (rivals.length === 0 ? [] : [tableOf(rivals)]));
    rivals.forEach((rival, index) => drawRow(table.querySelectorAll('tbody tr')[index], rival, rival.share === leader));
  }
}

function share(value) {
  return percent(value, 1);
}

/** The rivals of now, the first at the bottom, and above them what those had that fell. */
function curvesOf({ series }) {
  const names = Object.keys(series);
  const curves = names.map((name, index) => ({
    name,
    values: series[name],
    style: { colour: `series-${1 + (index % COLOURS)}`, width: 1, dash: DASHES[Math.floor(index / COLOURS) % DASHES.length] },
  }));
  const fallen = (series[names[0]] ?? []).map((_, row) => {
    const rest = 1 - names.reduce((sum, name) => sum + (series[name][row] ?? 0), 0);
    return rest > 1e-4 ? rest : null;
  });
  return fallen.some((value) => value !== null) ? [...curves, { name: 'rivals that fell', values: fallen, style: FALLEN }] : curves;
}

function tableOf(rivals) {
  const heads = [['Rival'], ['Share'], ['', 'number'], ['Loss', 'number'], ['Learning rate', 'number'], ['Since record', 'number'], ['Changes']];
  const head = element('tr', {}, ...heads.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)));
  const rows = rivals.map(({ name, since, changes }) => {
    const figures = ['', '', '', count(since)].map((text) => cell({ number: text }));
    return element('tr', {}, element('th', { scope: 'row' }, name), cell(bar(0)), ...figures, cell(changes || 'nothing'));
  });
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}

function drawRow(row, rival, leads) {
  row.classList.toggle('leader', leads);
  const [, track, ...figures] = row.children;
  track.firstChild.firstChild.style.inlineSize = `${(100 * rival.share).toFixed(1)}%`;
  [share(rival.share), score(rival.loss), setting(rival.learning_rate)].forEach((text, index) => setText(figures[index], text));
}
