// Puts the page together: what is known, what is drawn of it, and where it comes from.

import { Access } from './access.js';
import { Announcer } from './announcer.js';
import { Commands } from './commands.js';
import { Connection } from './connection.js';
import { Curves } from './curves.js';
import { byId } from './elements.js';
import { drawEvents } from './events.js';
import { ShownMarks } from './marks.js';
import { Network } from './network.js';
import { drawNow } from './now.js';
import { SharedRange } from './ranges.js';
import { drawServing } from './serving.js';
import { Rivals } from './rivals.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { themeButton } from './theme.js';
import { Versions } from './versions.js';
import { ValidationWindow } from './window.js';

const store = new Store();
const range = new SharedRange();
const marks = { all: () => store.history.marks, shown: new ShownMarks() };

themeButton(byId('theme'));
rangeChoice();

const curves = new Curves(marks, range);
const rivals = new Rivals(marks, range);
const stream = new Stream();
const window = new ValidationWindow(store);
const network = new Network();
const announcer = new Announcer();
const connection = new Connection(store);
const access = new Access(() => connection.restart());
const versions = new Versions(new Commands(store, access));

store.show(['state', 'connection'], drawNow);
store.show(['history'], (known) => curves.draw(known));
store.show(['history'], (known) => rivals.drawShares(known));
store.show(['state'], (known) => rivals.drawTable(known));
store.show(['marks'], redrawMarks);
store.show(['marks'], (known) => drawEvents(known, marks, redrawMarks));
store.show(['rates'], (known) => stream.drawRates(known));
store.show(['state'], (known) => stream.drawState(known));
store.show(['inspection', 'state'], (known) => window.draw(known));
store.show(['inspection'], (known) => network.draw(known));
store.show(['versions', 'state'], (known) => versions.draw(known));
store.show(['state'], drawServing);
store.show(['state', 'connection', 'marks'], (known) => announcer.draw(known));
store.show(['connection'], ({ connection: { status, reason } }) => status === 'refused' && access.open(`The service says: ${reason}.`));

connection.restart();

function redrawMarks() {
  curves.redraw();
  rivals.redraw();
}

/** The choice of how much is shown, and the range that was drawn over a chart. */
function rangeChoice() {
  const choice = byId('range');
  choice.addEventListener('change', () => {
    const newest = store.history.records.at(-1) ?? 0;
    const oldest = store.history.records[0] ?? 0;
    const share = Number(choice.value);
    range.set(share === 1 ? null : [newest - share * (newest - oldest), newest]);
    choice.value = share === 1 ? '1' : String(share);
  });
  range.onChange((value) => {
    choice.value = value === null ? '1' : 'zoomed';
  });
}
