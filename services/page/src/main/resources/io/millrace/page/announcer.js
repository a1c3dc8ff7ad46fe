// Tells a screen reader what has changed: politely, seldom, and only what matters.

import { byId } from './elements.js';
import { PHASES, findings } from './headline.js';

const SELDOM = 15000;

export class Announcer {
  #said = '';
  #wanted = '';
  #last = 0;
  #timer = 0;

  draw({ state, connection, history }) {
    if (state === null) {
      return;
    }
    const wanted = spoken(state, connection, history.marks.at(-1));
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#soon();
    }
  }

  #soon() {
    if (this.#timer === 0) {
      const wait = Math.max(0, this.#last + SELDOM - Date.now());
      this.#timer = setTimeout(() => this.#speak(), wait);
    }
  }

  #speak() {
    this.#timer = 0;
    this.#last = Date.now();
    if (this.#wanted !== this.#said) {
      this.#said = this.#wanted;
      byId('announcer').textContent = this.#wanted;
    }
  }
}

/** What is worth hearing: no figures that change each second. */
function spoken(state, connection, mark) {
  const problems = findings(state, connection)
    .filter(({ level }) => level === 'problem')
    .map(({ text }) => text.replace(/[\d.,]+/g, '').replace(/\(\s*\)/g, '').trim());
  const phase = state.trainer ? [`phase ${PHASES[state.trainer.phase] ?? state.trainer.phase}`] : [];
  const event = mark ? [mark.text] : [];
  return [...problems, ...phase, ...event].join('. ');
}
