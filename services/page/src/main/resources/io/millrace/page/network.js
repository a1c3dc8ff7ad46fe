// The network's weights with their norms, and the drift detector's statistic.

import { Chart } from './chart.js';
import { byId, cell, element, rebuild } from './elements.js';
import { score } from './numbers.js';

export class Network {
  #drift = new Chart({ title: 'Drift', unit: 'detector’s statistic, while the page is open', fromZero: true });

  constructor() {
    byId('drift').replaceWith(this.#drift.node);
  }

  draw({ inspection, drift }) {
    drawLayers(inspection?.layers ?? []);
    const name = inspection?.drift?.detector ?? 'statistic';
    const statistic = { name, values: drift.statistic, style: { colour: 'series-1', width: 2 } };
    const threshold = { name: 'threshold', values: drift.threshold, style: { colour: 'mark-drift', width: 1.5, dash: [4, 3], points: false } };
    const known = drift.threshold.some((value) => value !== null);
    this.#drift.set(drift.records, known ? [statistic, threshold] : [statistic], 'Waits for a drift detector’s first statistic.');
  }
}

function drawLayers(layers) {
  rebuild(byId('layers'), JSON.stringify(layers), () => {
    if (layers.length === 0) {
      return [element('p', { class: 'awaited' }, 'Waits for a look into the model.')];
    }
    const names = ['Layer', 'Weight', 'Shape', 'Norm', 'Gradient’s norm', 'Gradient / weight'];
    const head = element('tr', {}, ...names.map((name, index) => element('th', { scope: 'col', class: index > 1 ? 'number' : null }, name)));
    return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...layers.flatMap(rowsOf)))];
  });
}

function rowsOf({ layer, weights }) {
  return weights.map(({ weight, shape, norm, gradient_norm: gradient }, index) => {
    const heading = index === 0 ? [element('th', { scope: 'rowgroup', rowspan: weights.length }, layer)] : [];
    const ratio = norm > 0 && Number.isFinite(gradient) ? gradient / norm : null;
    const figures = [shape.join(' × ') || 'scalar', score(norm), score(gradient), score(ratio)];
    return element('tr', {}, ...heading, cell(weight), ...figures.map((text) => cell({ number: text })));
  });
}
