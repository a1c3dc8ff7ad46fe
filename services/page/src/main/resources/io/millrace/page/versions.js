// The table of versions, and the commands to the trainer where the service takes them.

import { byId, cell, element, rebuild, setShown, setText } from './elements.js';
import { ago, clock, count, score } from './numbers.js';
import { againstBaselines } from './scores.js';

/** So many scores have a column. */
const MOST_SCORES = 4;

const HINTS = {
  open: 'Commands are open to everybody who reaches this port.',
  token: 'Commands need a token that may command.',
  off: 'Commands are off here: this port neither is on loopback alone nor knows who may command.',
};

export class Versions {
  #commands;

  /** @param commands does `ask(command, version)` */
  constructor(commands) {
    this.#commands = commands;
  }

  draw({ state, versions }) {
    const trainer = state?.trainer;
    if (!trainer) {
      return;
    }
    const allowed = state.commands === 'open' || state.commands === 'token';
    setText(byId('actions-hint'), HINTS[allowed ? state.commands : 'off']);
    setShown(byId('actions'), allowed);
    rebuild(byId('actions'), `${allowed} ${trainer.paused}`, () => (allowed ? this.#buttons(trainer.paused) : []));
    this.#table(versions ?? [], allowed, Object.keys(trainer.validation ?? {}), againstBaselines(trainer.validation));
  }

  #buttons(paused) {
    const first = paused ? this.#button('Resume', 'resume') : this.#button('Pause', 'pause');
    return [first, this.#button('Retrain', 'retrain'), this.#button('Promote newest', 'promote'), this.#button('Roll back', 'rollback')];
  }

  #button(text, command, version) {
    const label = version === undefined ? null : `${text} version ${count(version)}`;
    const button = element('button', { type: 'button', 'aria-label': label, 'data-command': command }, text);
    button.addEventListener('click', () => this.#commands.ask(command, version));
    return button;
  }

  #table(versions, allowed, known, pairs) {
    const scores = columns(versions, known, pairs);
    const ages = versions.map((version) => ago(Date.parse(version.time), Math.floor(Date.now() / 10000) * 10000));
    rebuild(byId('version-table'), JSON.stringify([versions, allowed, scores, ages]), () => {
      if (versions.length === 0) {
        return [element('p', { class: 'awaited' }, 'Waits for the first checkpoint.')];
      }
      const heads = [['Version'], ['State'], ...(allowed ? [['Command']] : []), ['Published'], ['Records', 'number'], ...scores.map((name) => [name, 'number'])];
      const head = element('tr', {}, ...heads.map(([name, kind]) => element('th', { scope: 'col', class: kind }, name)));
      const rows = versions.map((version, index) => this.#row(version, scores, ages[index], allowed));
      return [element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))];
    });
  }

  #row(version, scores, age, allowed) {
    const tags = [version.champion ? tag('champion') : null, version.newest ? tag('newest') : null].filter((one) => one !== null);
    const time = element('time', { datetime: version.time, title: version.time }, `${clock(version.time)} (${age})`);
    const figures = [count(version.records), ...scores.map((name) => score(version.scores?.[name]))];
    const action = version.champion ? '' : this.#button('Promote', 'promote', version.version);
    return element('tr', { class: version.champion ? 'champion' : null },
      element('th', { scope: 'row' }, count(version.version)),
      element('td', { class: 'tags' }, ...tags), allowed ? cell(action) : null, cell(time), ...figures.map((text) => cell({ number: text })));
  }
}

function tag(text) {
  return element('span', { class: `tag ${text}` }, text);
}

/** The scores that tell most: those with a baseline, the losses, then the others of the window. */
function columns(versions, known, pairs) {
  const names = new Set(versions.flatMap((version) => Object.keys(version.scores ?? {})));
  const wanted = [...pairs.map((pair) => pair.name), 'val_loss', ...known.filter((name) => !name.includes('[') && !/(majority|constant|no_change)_/.test(name)), ...names];
  return [...new Set(wanted)].filter((name) => names.has(name)).slice(0, MOST_SCORES);
}
