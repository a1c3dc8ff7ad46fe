// The legend of a chart: a button for each curve, with its line, its name and its newest value, or
// that under the pointer. The button shows and hides the curve.

import { summary } from './columns.js';
import { element, setText } from './elements.js';
import { NOTHING } from './numbers.js';

const SVG = 'http://www.w3.org/2000/svg';

export class Legend {
  #list;
  #items = [];
  #curves = [];
  #format = String;
  #key = '';
  #hidden = new Set();
  #toggled;

  /** @param toggled called with a curve's number from 1 and whether it is shown */
  constructor(title, toggled) {
    this.#toggled = toggled;
    this.#list = element('ul', { class: 'legend', 'aria-label': `Curves of ${title}` });
  }

  get node() {
    return this.#list;
  }

  shows(index) {
    return !this.#hidden.has(this.#curves[index]?.name);
  }

  set(curves, format) {
    this.#curves = curves;
    this.#format = format;
    const key = curves.map((curve) => curve.name).join('\n');
    if (key !== this.#key) {
      this.#key = key;
      this.#items = curves.map((curve, index) => this.#item(curve, index));
      this.#list.replaceChildren(...this.#items.map((item) => item.node));
    }
    this.point(null);
  }

  /** Writes the values at an index of the columns; null for the newest. */
  point(at) {
    this.#items.forEach((item, index) => {
      const values = this.#curves[index].values;
      const value = at === null ? summary(values)?.latest : values[at];
      setText(item.value, value === null || value === undefined ? NOTHING : this.#format(value));
    });
  }

  #item(curve, index) {
    const value = element('span', { class: 'number' });
    const button = element('button', { type: 'button', 'aria-pressed': String(this.shows(index)), title: curve.hint ?? '' }, line(curve.style), element('span', { class: 'name' }, curve.label ?? curve.name), value);
    button.addEventListener('click', () => {
      const shown = this.#hidden.delete(curve.name);
      if (!shown) {
        this.#hidden.add(curve.name);
      }
      button.setAttribute('aria-pressed', String(shown));
      this.#toggled(index + 1, shown);
    });
    return { node: element('li', {}, button), value };
  }
}

/** A piece of the curve's line, as the chart draws it. */
function line(style) {
  const svg = document.createElementNS(SVG, 'svg');
  const stroke = document.createElementNS(SVG, 'line');
  const set = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
  set(svg, { width: 22, height: 8, 'aria-hidden': 'true', class: `line-${style.colour}` });
  set(stroke, { x1: 0, y1: 4, x2: 22, y2: 4, 'stroke-width': style.width ?? 1.5, 'stroke-dasharray': (style.dash ?? []).join(' ') });
  svg.append(stroke);
  return svg;
}
