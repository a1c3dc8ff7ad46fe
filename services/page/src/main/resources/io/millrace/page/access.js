// The dialog for a token.

import { byId, setText } from './elements.js';
import { setToken, token } from './service.js';

const WHY = 'It is kept in this tab only, and sent to this service only.';

export class Access {
  #dialog = byId('token-dialog');
  #field = byId('token-field');

  /** @param changed called when another token is to be used */
  constructor(changed) {
    byId('token-open').addEventListener('click', () => this.open('A token lets you see and command a service that asks for one.'));
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault(); // the form's first button would cancel
        this.#dialog.close('use');
      }
    });
    this.#dialog.addEventListener('close', () => this.#closed(changed));
  }

  open(why) {
    setText(byId('token-why'), `${why} ${WHY}`);
    this.#field.value = token();
    this.#dialog.returnValue = 'cancel';
    if (!this.#dialog.open) {
      this.#dialog.showModal();
      this.#field.focus();
    }
  }

  #closed(changed) {
    const answer = this.#dialog.returnValue;
    const given = answer === 'use' ? this.#field.value.trim() : answer === 'forget' ? '' : token();
    this.#field.value = '';
    if (given !== token()) {
      setToken(given);
      changed();
    }
  }
}
