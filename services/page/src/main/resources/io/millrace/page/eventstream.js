// Reads text/event-stream, as the HTML standard has it. `EventSource` would do, but sends no token.

/** Takes pieces of a stream and hands on whole events: {event, id, data}. */
export class EventStreamReader {
  #rest = '';
  #fields = fresh();
  #heard;

  constructor(heard) {
    this.#heard = heard;
  }

  /** Takes the next piece of text, cut anywhere. */
  take(text) {
    const all = this.#rest + text;
    const ended = all.endsWith('\r') ? all.length - 1 : all.length; // its \n may be in the next piece
    const lines = all.slice(0, ended).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + all.slice(ended);
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') {
      this.#fields.data.push(value);
    } else if (name === 'event' || name === 'id') {
      this.#fields[name] = value;
    }
  }

  #dispatch() {
    const { event, id, data } = this.#fields;
    this.#fields = fresh();
    if (data.length > 0) {
      this.#heard({ event: event || 'message', id, data: data.join('\n') });
    }
  }
}

function fresh() {
  return { event: '', id: '', data: [] };
}
