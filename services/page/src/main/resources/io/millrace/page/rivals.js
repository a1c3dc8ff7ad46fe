// Rivals: learners side by side on one stream, their shares of the answer, and how each stands.

import { Chart } from './chart.js';
import { bar, byId, cell, element, rebuild, setText } from './elements.js';
import { count, percent, score, setting } from './numbers.js';

/** Neighbours in a stack have colours that differ. */
const COLOURS = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'strong', 'series-6', 'mark-phase'];
const SWATCH = 8;

/** What is less is an error of rounding. */
const LEAST_SHARE = 1e-4;

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
    style: { colour: COLOURS[index % COLOURS.length], width: SWATCH },
  }));
  const fallen = (series[names[0]] ?? []).map((_, row) => {
    const rest = 1 - names.reduce((sum, name) => sum + (series[name][row] ?? 0), 0);
    return rest > LEAST_SHARE ? rest : 0;
  });
  return fallen.some((value) => value > 0) ? [...curves, { name: 'rivals that fell', values: fallen, style: { colour: 'muted', width: SWATCH } }] : curves;
}

function tableOf(rivals) {
  const heads = [['Rival'], ['Share', 'number'], [''], ['Loss', 'number'], ['Learning rate', 'number'], ['Since record', 'number']];
  const head = element('tr', {}, ...heads.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)));
  const rows = rivals.map(({ name, since, changes }) => {
    const figures = ['', '', count(since)].map((text) => cell({ number: text }));
    const heading = element('th', { scope: 'row' }, name, element('span', { class: 'changes' }, changes || 'as the settings are'));
    return element('tr', {}, heading, cell({ number: '' }), cell(bar(0)), ...figures);
  });
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}

function drawRow(row, rival, leads) {
  row.classList.toggle('leader', leads);
  const [, figure, track, loss, rate] = row.children;
  setText(figure, share(rival.share));
  track.firstChild.firstChild.style.inlineSize = `${(100 * rival.share).toFixed(1)}%`;
  setText(loss, score(rival.loss));
  setText(rate, setting(rival.learning_rate));
}
