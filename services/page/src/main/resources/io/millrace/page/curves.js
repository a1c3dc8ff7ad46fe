// The charts of loss, scores and learning rate over records.

import { Chart } from './chart.js';
import { byId, element } from './elements.js';
import { score, setting } from './numbers.js';
import { KIND_NAMES, charts, parse } from './scores.js';

/** So many slices are drawn; more lines than that nobody tells apart. */
const MOST_SLICES = 12;

const STYLES = {
  window: { colour: 'series-1', width: 2 },
  stream: { colour: 'series-2', width: 1.5 },
  rolling: { colour: 'series-3', width: 1.5, dash: [7, 3] },
};
const BASELINE_STYLES = {
  majority: { colour: 'muted', width: 1.5, dash: [2, 3] },
  constant: { colour: 'muted', width: 1.5, dash: [2, 3] },
  no_change: { colour: 'muted', width: 1.5, dash: [9, 3, 2, 3] },
};
const SLICE_DASHES = [undefined, [6, 3], [2, 2]];
const SLICE_COLOURS = 6;

/** What every model has sooner or later. */
const AWAITED = ['loss', 'learning_rate'].map((name) => ({ key: name, title: name, slices: false, names: [] }));

export class Curves {
  #all = new Map();
  #marks;
  #range;

  /** @param marks {all, shown}: the marks of the moment, and which are drawn */
  constructor(marks, range) {
    this.#marks = marks;
    this.#range = range;
  }

  draw({ history }) {
    const scores = charts(Object.keys(history.series));
    const groups = [...scores.filter((group) => !group.slices), ...learningRate(history), ...scores.filter((group) => group.slices)];
    const shown = groups.length > 0 ? groups : AWAITED;
    shown.forEach((group) => this.#chart(group).set(history.records, curvesOf(group, history)));
    this.#arrange(shown);
  }

  redraw() {
    this.#all.forEach((chart) => chart.redraw());
  }

  #chart(group) {
    if (!this.#all.has(group.key)) {
      const offersLog = /loss|error|learning_rate/.test(group.key);
      this.#all.set(group.key, new Chart({ title: group.title, range: this.#range, marks: this.#marks, offersLog, format: group.key === 'learning_rate' ? setting : score }));
    }
    return this.#all.get(group.key);
  }

  #arrange(groups) {
    const key = groups.map((group) => group.key).join('\n');
    const grid = byId('curves');
    if (grid.dataset.key === key) {
      return;
    }
    grid.dataset.key = key;
    grid.replaceChildren(...groups.map((group) => {
      const chart = this.#all.get(group.key).node;
      const left = group.names.length - MOST_SLICES;
      return group.slices && left > 0 ? element('div', {}, chart, element('p', { class: 'hint' }, `${left} more slices are not drawn.`)) : chart;
    }));
  }
}

function learningRate(history) {
  const there = history.series.learning_rate?.some((value) => value !== null);
  return there ? [{ key: 'learning_rate', title: 'learning_rate', slices: false, names: ['learning_rate'] }] : [];
}

function curvesOf(group, history) {
  const names = group.slices ? group.names.slice(0, MOST_SLICES) : group.names;
  return names.map((name, index) => {
    const part = parse(name);
    return {
      name,
      label: group.slices ? part.slice : name,
      hint: name === 'learning_rate' ? 'of the next step' : KIND_NAMES[part.kind],
      values: history.series[name],
      style: group.slices ? sliceStyle(index) : styleOf(part),
    };
  });
}

function styleOf(part) {
  return part.baseline === null ? STYLES[part.kind] : { ...BASELINE_STYLES[part.baseline], colour: part.kind === 'baseline' ? 'muted' : 'strong' };
}

function sliceStyle(index) {
  return {
    colour: `series-${1 + (index % SLICE_COLOURS)}`,
    width: 1.5,
    dash: SLICE_DASHES[Math.floor(index / SLICE_COLOURS) % SLICE_DASHES.length],
  };
}
