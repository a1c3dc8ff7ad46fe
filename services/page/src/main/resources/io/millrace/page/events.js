// The list of what happened, the newest first, and the buttons that say which marks are drawn.

import { byId, element, rebuild } from './elements.js';
import { clock, count } from './numbers.js';
import { markOf } from './marks.js';

/** So many events are listed; the curves have the marks of all. */
const MOST_LISTED = 200;

/** @param marks {all, shown}; @param changed called when other marks are to be drawn */
export function drawEvents({ history }, marks, changed) {
  drawKinds(history.marks, marks, changed);
  drawList(history.marks);
}

function drawKinds(all, { shown }, changed) {
  const counts = new Map();
  all.forEach(({ kind }) => counts.set(kind, 1 + (counts.get(kind) ?? 0)));
  const kinds = [...counts.keys()].filter((kind) => !markOf(kind).offCurves);
  const list = byId('mark-kinds');
  rebuild(list, kinds.join('\n'), () => kinds.map((kind) => kindButton(kind, shown, changed)));
  kinds.forEach((kind, index) => {
    const text = count(counts.get(kind));
    const figure = list.children[index].lastChild;
    if (figure.textContent !== text) {
      figure.textContent = text;
    }
  });
}

function kindButton(kind, shown, changed) {
  const button = element('button', { type: 'button', 'aria-pressed': String(shown.shows(kind)) }, badge(kind), element('span', {}, markOf(kind).name), element('span', { class: 'number' }));
  button.addEventListener('click', () => {
    shown.toggle(kind);
    button.setAttribute('aria-pressed', String(shown.shows(kind)));
    changed();
  });
  return button;
}

function badge(kind) {
  const { letter, colour } = markOf(kind);
  return element('span', { class: `badge mark-${colour}`, 'aria-hidden': 'true' }, letter);
}

function drawList(all) {
  const listed = [...all].sort((a, b) => b.number - a.number).slice(0, MOST_LISTED);
  const key = listed.length === 0 ? 'none' : `${all.length} ${listed[0].number}`;
  rebuild(byId('events'), key, () => (listed.length === 0 ? [nothing()] : [table(listed, all.length)]));
}

function nothing() {
  return element('p', { class: 'awaited' }, 'Nothing yet. Rounds, drift, promotions and what else happens is listed here.');
}

function table(listed, of) {
  const head = element('tr', {}, ...['Records', 'Time', 'Event'].map((name, index) => element('th', { scope: 'col', class: index === 0 ? 'number' : null }, name)));
  const body = listed.map((mark) => {
    const text = element('td', { class: 'event' }, badge(mark.kind), element('span', {}, mark.text));
    return element('tr', {}, element('td', { class: 'number' }, count(mark.records)), element('td', { class: 'time' }, clock(mark.time)), text);
  });
  const more = of > listed.length ? element('caption', {}, `The newest ${count(listed.length)} of ${count(of)}`) : null;
  return element('table', {}, more, element('thead', {}, head), element('tbody', {}, ...body));
}
