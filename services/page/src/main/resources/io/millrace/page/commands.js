// Commands: confirmed where they change what is served or learned, sent, and answered in words.

import { byId, setText } from './elements.js';
import { count } from './numbers.js';
import { Refusal, command, token } from './service.js';

/** What is asked before a command is sent; pause and resume undo each other and ask nothing. */
const QUESTIONS = {
  retrain: () => ['Retrain?', 'A new round begins with the weights there are and a new optimizer. Its weights are served once they are better than the champion’s.', 'Retrain'],
  rollback: () => ['Roll back?', 'The champion’s predecessor is served again, until another command.', 'Roll back'],
  promote: (version) => (version === undefined
    ? ['Promote the newest weights?', 'The weights as they are now are served, and newer ones as they come.', 'Promote']
    : [`Promote version ${count(version)}?`, `Version ${count(version)} is served, until another command.`, 'Promote']),
};

const NAMES = { pause: 'Pause', resume: 'Resume', retrain: 'Retrain', promote: 'Promote', rollback: 'Roll back' };

export class Commands {
  #store;
  #access;
  #sending = false;

  /** @param access opens the dialog for a token */
  constructor(store, access) {
    this.#store = store;
    this.#access = access;
  }

  /** Asks a person where it matters, then the trainer. */
  async ask(name, version) {
    if (this.#sending) {
      say(`${NAMES[name]}: not sent. The trainer has not answered the last command yet.`, 'bad');
      return;
    }
    if (this.#store.state?.commands === 'token' && token() === '') {
      this.#access.open('This command needs a token that may command.');
      return;
    }
    const question = QUESTIONS[name]?.(version);
    if (question === undefined || (await confirmed(question))) {
      await this.#send(name, version);
    }
  }

  async #send(name, version) {
    const title = NAMES[name] + (version === undefined ? '' : ` version ${count(version)}`);
    this.#sending = true;
    say(`${title}: sent, waits for the trainer.`, 'waits');
    try {
      await command(version === undefined ? { command: name } : { command: name, version });
      say(`${title}: done.`, 'good');
      await this.#store.reloadVersions();
    } catch (failure) {
      this.#refused(title, failure);
    } finally {
      this.#sending = false;
    }
  }

  #refused(title, failure) {
    const known = failure instanceof Refusal;
    say(`${title}: refused. ${known ? failure.message : 'The service does not answer'}.`.replace('..', '.'), 'bad');
    if (known && (failure.status === 401 || failure.status === 403)) {
      this.#access.open(`The command was refused: ${failure.message}.`);
    }
  }
}

function say(text, kind) {
  const outcome = byId('outcome');
  outcome.dataset.kind = kind;
  setText(outcome, text);
}

/** Shows the dialog, and resolves to whether it was agreed to. */
function confirmed([title, text, yes]) {
  const dialog = byId('confirm-dialog');
  setText(byId('confirm-title'), title);
  setText(byId('confirm-text'), text);
  setText(byId('confirm-yes'), yes);
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
