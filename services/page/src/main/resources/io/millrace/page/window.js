// The newest records that were held out: which classes are taken for which, and how sure the model is.

import { Chart } from './chart.js';
import { bar, byId, cell, element, rebuild, setShown, setText } from './elements.js';
import { drawConfusion } from './confusion.js';
import { count, score } from './numbers.js';

export class ValidationWindow {
  #calibration = new Chart({ title: 'Calibration', unit: 'accuracy by confidence', across: 'confidence', fixed: [0, 1] });
  #output = null;
  #store;

  constructor(store) {
    this.#store = store;
    byId('calibration').replaceWith(this.#calibration.node);
    byId('output').addEventListener('change', (event) => {
      this.#output = event.target.value;
      store.change('inspection');
    });
  }

  draw({ inspection, state }) {
    const outputs = inspection?.outputs ?? [];
    this.#choices(outputs);
    const output = outputs.find(({ output: name }) => name === this.#output) ?? outputs[0];
    setText(byId('window-hint'), inspection ? `The newest ${count(total(output))} held-out records, when the model had learned from ${count(inspection.records)}.` : '');
    const waiting = awaited(inspection, state);
    const key = output ? `${output.output} ${inspection.records}` : waiting;
    drawConfusion(byId('confusion'), output, waiting, key);
    drawClasses(output, waiting, key);
    this.#calibration.set(...calibrationOf(output), waiting);
  }

  #choices(outputs) {
    setShown(byId('output-choice'), outputs.length > 1);
    const names = outputs.map(({ output }) => output);
    rebuild(byId('output'), JSON.stringify(names), () => names.map((name) => element('option', { value: name }, name)));
  }
}

function total(output) {
  return output?.support?.reduce((sum, value) => sum + value, 0) ?? 0;
}

function awaited(inspection, state) {
  if (inspection) {
    return 'This model has no classes: its outputs are numbers.';
  }
  return state?.trainer?.records ? 'Waits for a look into the model.' : 'Waits for the first evaluation.';
}

function drawClasses(output, waiting, key) {
  rebuild(byId('recall'), key, () => classRows(output, waiting));
}

function classRows(output, waiting) {
  const classes = output?.classes ?? [];
  const all = classes.map((name, index) => ({ name, recall: output.recall[index], precision: output.precision[index], support: output.support[index] }));
  all.sort((a, b) => (a.recall ?? 2) - (b.recall ?? 2) || b.support - a.support);
  if (all.length === 0) {
    return [element('p', { class: 'awaited' }, waiting)];
  }
  const head = element('tr', {}, element('th', { scope: 'col' }, 'Class'), element('td', {}), ...['Recall', 'Precision', 'Records'].map((name) => element('th', { scope: 'col', class: 'number' }, name)));
  const rows = all.map(({ name, recall, precision, support }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), cell(bar(recall)), cell({ number: score(recall) }), cell({ number: score(precision) }), cell({ number: count(support) })));
  return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))];
}

/** The bins' middles of confidence and accuracy, beside the line of a model that is as sure as it is right. */
function calibrationOf(output) {
  const bins = (output?.calibration ?? []).filter((bin) => bin.records > 0);
  if (bins.length === 0) {
    return [[], []];
  }
  const x = [0, ...bins.map((bin) => bin.confidence), 1];
  const all = bins.reduce((sum, bin) => sum + bin.records, 0);
  const apart = bins.reduce((sum, bin) => sum + (bin.records / all) * Math.abs(bin.confidence - bin.accuracy), 0);
  return [x, [
    { name: 'accuracy', label: `accuracy (expected calibration error ${apart.toFixed(3)})`, values: [null, ...bins.map((bin) => bin.accuracy), null], style: { colour: 'series-1', width: 2, points: true } },
    { name: 'perfectly calibrated', values: x, style: { colour: 'muted', width: 1.5, dash: [4, 3], points: false } },
  ]];
}
