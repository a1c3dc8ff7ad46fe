// The confusion matrix as a table: a row for each actual class, a column for each predicted one.

import { element, rebuild } from './elements.js';
import { count, percent } from './numbers.js';

/** Of more classes, those with the most errors are shown. */
const MOST_CLASSES = 40;

/** Up to so many classes, the counts stand in the cells. */
const MOST_COUNTED = 12;

/** Longer names stand upright above their columns. */
const LONG_NAME = 3;

const MOST_PAIRS = 6;

/**
 * Draws the matrix of an output of classes, or what is awaited.
 *
 * @param key changes when anything of it does
 */
export function drawConfusion(node, output, waiting, key) {
  if (!output?.classes?.length) {
    rebuild(node, key, () => [element('p', { class: 'awaited' }, waiting)]);
    return;
  }
  rebuild(node, key, () => {
    const shown = mostConfused(output);
    const pointed = element('p', { class: 'pointed', 'aria-hidden': 'true' }, 'Rows are actual classes, columns are predicted ones.');
    const scroll = element('div', { class: 'scroll', role: 'region', 'aria-label': 'Confusion matrix', tabindex: '0' }, matrix(output, shown));
    scroll.addEventListener('pointerover', (event) => point(event.target, pointed, output));
    const some = shown.length < output.classes.length ? element('p', { class: 'hint' }, `The ${shown.length} classes with the most errors, of ${count(output.classes.length)}.`) : null;
    return [pairs(output), some, scroll, pointed].filter((part) => part !== null);
  });
}

function mostConfused({ classes, confusion }) {
  const all = classes.map((name, index) => index);
  if (all.length <= MOST_CLASSES) {
    return all;
  }
  const errors = all.map((index) => confusion[index].reduce((sum, value, at) => sum + (at === index ? 0 : value), 0));
  return all.sort((a, b) => errors[b] - errors[a]).slice(0, MOST_CLASSES).sort((a, b) => a - b);
}

/** The most frequent errors in words. */
function pairs({ classes, confusion }) {
  const found = [];
  confusion.forEach((predictions, actual) => predictions.forEach((number, predicted) => {
    if (number > 0 && actual !== predicted) {
      found.push({ actual, predicted, number });
    }
  }));
  found.sort((a, b) => b.number - a.number);
  if (found.length === 0) {
    return element('p', { class: 'confused' }, 'No record of the window is predicted wrongly.');
  }
  const items = found.slice(0, MOST_PAIRS).map(({ actual, predicted, number }) =>
    element('li', {}, element('b', {}, classes[actual]), ' taken for ', element('b', {}, classes[predicted]), `: ${count(number)}`));
  return element('ul', { class: 'confused', 'aria-label': 'The most frequent errors' }, ...items);
}

function matrix({ classes, confusion }, shown) {
  const names = shown.map((index) => classes[index].length);
  const kinds = ['matrix', shown.length <= MOST_COUNTED ? 'counted' : '', Math.max(...names) > LONG_NAME ? 'long' : ''];
  const corner = element('td', {});
  const head = element('tr', {}, corner, ...shown.map((index) => element('th', { scope: 'col' }, element('span', {}, classes[index]))));
  const rows = shown.map((actual) => {
    const sum = confusion[actual].reduce((all, value) => all + value, 0);
    const cells = shown.map((predicted) => matrixCell(confusion[actual][predicted], sum, actual, predicted));
    return element('tr', {}, element('th', { scope: 'row' }, classes[actual]), ...cells);
  });
  return element('table', { class: kinds.join(' ').trim() }, element('thead', {}, head), element('tbody', {}, ...rows));
}

function matrixCell(number, sum, actual, predicted) {
  const made = element('td', { 'data-actual': actual, 'data-predicted': predicted }, element('span', {}, number === 0 ? '' : count(number)));
  const share = sum > 0 ? number / sum : 0;
  if (number > 0) {
    made.className = `${actual === predicted ? 'right' : 'wrong'} ${share > 0.55 ? 'deep' : ''}`;
    made.style.setProperty('--share', `${Math.round(100 * Math.sqrt(share))}%`);
  }
  return made;
}

function point(target, pointed, { classes, confusion }) {
  const at = target.closest('td[data-actual]');
  if (at !== null) {
    const { actual, predicted } = at.dataset;
    const sum = confusion[actual].reduce((all, value) => all + value, 0);
    const number = confusion[actual][predicted];
    pointed.textContent = `Actual ${classes[actual]}, predicted ${classes[predicted]}: ${count(number)} of ${count(sum)} (${percent(number, sum)})`;
  }
}
