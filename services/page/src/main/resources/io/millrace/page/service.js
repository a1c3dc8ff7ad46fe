// The service's answers: JSON, the stream of events, and commands. Every request goes to the
// service that the page came from, with the token that a person has given, if any.

import { EventStreamReader } from './eventstream.js';

const API = new URL('../api/v1/', import.meta.url);
const TOKEN = 'millrace.token';

/** An answer other than 2xx. */
export class Refusal extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** The token of this tab; empty where there is none. It ends with the tab. */
export function token() {
  return sessionStorage.getItem(TOKEN) ?? '';
}

export function setToken(text) {
  if (text === '') {
    sessionStorage.removeItem(TOKEN);
  } else {
    sessionStorage.setItem(TOKEN, text);
  }
}

/** Asks for one of the page's JSON documents; null where there is none yet. */
export async function ask(name) {
  const response = await fetch(new URL(name, API), { headers: headers(), cache: 'no-store' });
  if (response.status === 204) {
    return null;
  }
  await checked(response);
  return response.json();
}

/** Sends a command. Resolves when it is accepted, and throws a Refusal that says why not. */
export async function command(body) {
  const response = await fetch(new URL('commands', API), {
    method: 'POST',
    headers: { ...headers(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  await checked(response);
}

/**
 * Follows the stream until it ends, and hands each event on.
 *
 * @param opened called when the service has begun to answer
 * @param heard called with each event and its data
 */
export async function follow(signal, opened, heard) {
  const response = await fetch(new URL('stream', API), {
    headers: { ...headers(), Accept: 'text/event-stream' },
    cache: 'no-store',
    signal,
  });
  await checked(response);
  opened();
  const reader = new EventStreamReader(({ event, data }) => heard(event, JSON.parse(data)));
  const decoder = new TextDecoder();
  const body = response.body.getReader();
  for (let piece = await body.read(); !piece.done; piece = await body.read()) {
    reader.take(decoder.decode(piece.value, { stream: true }));
  }
}

function headers() {
  return token() === '' ? {} : { Authorization: `Bearer ${token()}` };
}

async function checked(response) {
  if (!response.ok) {
    throw new Refusal(response.status, await reason(response));
  }
}

/** The reason in an answer, or what its status means. */
async function reason(response) {
  const text = await response.text();
  try {
    const said = JSON.parse(text);
    return said.reason ?? said.error ?? said.detail ?? meaning(response.status);
  } catch {
    return text.trim() !== '' && text.length < 300 && !text.includes('<') ? text.trim() : meaning(response.status);
  }
}

function meaning(status) {
  const known = {
    401: 'a token is needed, or the one given is not valid',
    403: 'the token does not allow this',
    404: 'the service has no such answer',
    504: 'the trainer did not answer in time',
  };
  return known[status] ?? `the service answered with status ${status}`;
}
