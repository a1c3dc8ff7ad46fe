// What the page knows, and who draws it. Views name the parts that they show; each is drawn at most
// once in a frame of the screen, and none while the tab is in the background.

import { addEvaluation, addMark, addRates, completed, emptyHistory } from './columns.js';
import { ask } from './service.js';

/** Above so many points the service is asked for the history anew, thinned by it. */
const MOST_POINTS = 2000;

/** So many values of the drift detector's statistic are kept while the page is open. */
const MOST_STATISTICS = 500;

export class Store {
  state = null;
  history = emptyHistory();
  inspection = null;
  versions = null;
  drift = { records: [], statistic: [], threshold: [] };
  connection = { status: 'connecting' };

  #views = [];
  #changed = new Set();
  #frame = 0;
  #reloading = false;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#schedule());
  }

  /** Has `draw(store)` called after any of the parts has changed. */
  show(parts, draw) {
    this.#views.push({ parts, draw });
    this.change(...parts);
  }

  /** Notes that parts have changed. */
  change(...parts) {
    parts.forEach((part) => this.#changed.add(part));
    this.#schedule();
  }

  loaded({ state, history, inspection, versions }) {
    this.state = state;
    this.history = completed(history ?? {});
    this.versions = versions;
    this.#inspected(inspection);
    this.change('state', 'history', 'marks', 'rates', 'inspection', 'versions');
  }

  connected(connection) {
    this.connection = connection;
    this.change('connection');
  }

  /** Takes an event of the stream. */
  heard(event, data) {
    if (event === 'state') {
      this.#stated(data);
    } else if (event === 'evaluation' && addEvaluation(this.history, data)) {
      this.change('history');
      this.#thin();
    } else if (event === 'mark' && addMark(this.history, data)) {
      this.change('marks');
      this.reloadVersions();
    } else if (event === 'inspection') {
      this.#inspected(data);
      this.change('inspection');
    } else if (event === 'history') {
      this.#reload(); // more has happened than a stream tells
    }
  }

  /** Asks for the table of versions anew. */
  async reloadVersions() {
    this.versions = await ask('versions').catch(() => this.versions);
    this.change('versions');
  }

  #stated(state) {
    const published = this.state?.trainer?.version !== state.trainer?.version;
    const promoted = this.state?.trainer?.champion !== state.trainer?.champion;
    this.state = state;
    addRates(this.history.rates, state);
    this.change('state', 'rates');
    if (published || promoted) {
      this.reloadVersions();
    }
  }

  #inspected(inspection) {
    this.inspection = inspection ?? this.inspection;
    const statistic = inspection?.drift?.statistic;
    if (!Number.isFinite(statistic) || inspection.records <= this.drift.records.at(-1)) {
      return;
    }
    this.drift.records.push(inspection.records);
    this.drift.statistic.push(statistic);
    this.drift.threshold.push(inspection.drift.threshold ?? null);
    if (this.drift.records.length > MOST_STATISTICS) {
      Object.values(this.drift).forEach((column) => column.shift());
    }
  }

  #thin() {
    if (this.history.records.length > MOST_POINTS) {
      this.#reload();
    }
  }

  async #reload() {
    if (this.#reloading) {
      return;
    }
    this.#reloading = true;
    const history = await ask('history?points=1000').catch(() => null);
    this.#reloading = false;
    if (history !== null) {
      this.history = completed(history);
      this.change('history', 'marks', 'rates');
    }
  }

  #schedule() {
    if (this.#frame === 0 && this.#changed.size > 0 && !document.hidden) {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#frame = 0;
    const changed = this.#changed;
    this.#changed = new Set();
    this.#views.filter(({ parts }) => parts.some((part) => changed.has(part))).forEach(({ draw }) => draw(this));
  }
}
