// Keeps the page's data fresh: loads it once, follows the stream, and comes back after a break.
// While the tab is in the background nothing is asked and nothing is followed.

import { Refusal, ask, follow } from './service.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

/** A stream that says nothing for so long is lost: a state comes each second. */
const SILENCE = 10000;

export class Connection {
  #store;
  #wait = FIRST_WAIT;
  #aborting = null;
  #timer = 0;
  #watch = 0;

  /** What was heard before all was loaded; null afterwards. */
  #early = null;

  /** Why not all could be loaded. */
  #failure = null;

  constructor(store) {
    this.#store = store;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#leave() : this.restart()));
    window.addEventListener('online', () => this.restart());
  }

  /** Begins anew at once, as with another token. */
  restart() {
    this.#leave();
    this.#wait = FIRST_WAIT;
    this.#attempt();
  }

  #leave() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#aborting?.abort();
    this.#aborting = null;
  }

  /** Opens the stream first and loads the rest then, so that nothing falls between the two. */
  async #attempt() {
    const aborting = new AbortController();
    this.#aborting = aborting;
    let reason;
    try {
      await follow(aborting.signal, () => this.#opened(aborting), (event, data) => this.#heard(event, data, aborting));
      reason = 'The service has ended the stream';
    } catch (failure) {
      reason = this.#understood(this.#failure ?? failure);
    }
    if (this.#aborting === aborting) {
      clearTimeout(this.#watch);
      this.#later(reason);
    }
  }

  async #opened(aborting) {
    this.#early = [];
    this.#failure = null;
    this.#listen(aborting);
    try {
      await this.#load();
    } catch (failure) {
      this.#failure = failure;
      aborting.abort();
      return;
    }
    if (this.#aborting === aborting) {
      this.#wait = FIRST_WAIT;
      this.#early.forEach(([event, data]) => this.#store.heard(event, data));
      this.#early = null;
      this.#store.connected({ status: 'live' });
    }
  }

  async #load() {
    const [state, history, inspection, versions] = await Promise.all([
      ask('state'),
      ask('history?points=1000'),
      ask('inspection').catch(absent),
      ask('versions').catch(absent),
    ]);
    this.#store.loaded({ state, history, inspection, versions });
  }

  #listen(aborting) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => aborting.abort(), SILENCE);
  }

  #heard(event, data, aborting) {
    if (this.#aborting !== aborting) {
      return;
    }
    this.#listen(aborting);
    if (this.#early === null) {
      this.#store.heard(event, data);
    } else {
      this.#early.push([event, data]);
    }
  }

  #understood(failure) {
    if (failure instanceof Refusal && (failure.status === 401 || failure.status === 403)) {
      this.#store.connected({ status: 'refused', reason: failure.message });
      return null;
    }
    return failure instanceof Refusal ? `The service says: ${failure.message}` : 'The service does not answer';
  }

  #later(reason) {
    if (reason === null) {
      return; // only another token helps
    }
    const again = Date.now() + this.#wait;
    this.#store.connected({ status: 'lost', reason: `${reason}; it is tried again`, again });
    this.#timer = setTimeout(() => this.#attempt(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, 2 * this.#wait);
  }
}

/** A part that this process does not have is absent; what else fails is a failure. */
function absent(failure) {
  if (failure instanceof Refusal && (failure.status === 404 || failure.status === 503)) {
    return null;
  }
  throw failure;
}
