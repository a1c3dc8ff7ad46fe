// Small helpers for the document. Whatever comes from outside goes through textContent alone.

/** Returns an element with attributes and children; texts are texts, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children.filter((child) => child !== null).map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** Finds the element with an id of the page. */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element ${id}`);
  }
  return found;
}

/** Sets a text only where it differs, so that nothing is laid out for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Shows or hides an element. */
export function setShown(node, shown) {
  if (node.hidden === shown) {
    node.hidden = !shown;
  }
}

/**
 * Replaces the children of a node where what they are made of has changed.
 *
 * @param key what the children are made of, as a text
 */
export function rebuild(node, key, children) {
  if (node.dataset.key !== key) {
    node.dataset.key = key;
    node.replaceChildren(...children());
  }
}

/** Returns a row of a table; the first cell is its heading. */
export function row(heading, ...cells) {
  return element('tr', {}, element('th', { scope: 'row' }, heading), ...cells.map(cell));
}

/** Returns a cell: a node, a text, or {number: text} for figures. */
export function cell(content) {
  if (content !== null && typeof content === 'object' && 'number' in content) {
    return element('td', { class: 'number' }, content.number);
  }
  return element('td', {}, content);
}

/** Returns a name such as INVALID_ARGUMENT, which may be broken after its underscores. */
export function breakable(name) {
  const parts = String(name).split(/(?<=_)/);
  return element('span', {}, ...parts.flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])));
}

/** Returns a bar that is `share` of its track, beside its figure; for eyes only. */
export function bar(share) {
  const track = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span'));
  const held = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  track.firstChild.style.inlineSize = `${(100 * held).toFixed(1)}%`;
  return track;
}
