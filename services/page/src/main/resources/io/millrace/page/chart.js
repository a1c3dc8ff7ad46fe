// One chart: curves by uPlot, a legend of buttons with the values, and a text that says the same.

import uPlot from './uplot/uPlot.esm.js';
import { drawMarks, drawSpans } from './chartmarks.js';
import { stacked, summary } from './columns.js';
import { element, setText } from './elements.js';
import { Legend } from './legend.js';
import { clock, compact, count, score, tick } from './numbers.js';
import { fromZero, isRound, logarithmic, roomy, whole } from './ranges.js';
import { colour, onTheme, shade } from './theme.js';

const HEIGHT = 228;
const FONT = '11px system-ui, sans-serif';
/** What is dragged less far is a click. */
const LEAST_DRAG = 4;

const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** Steps of an axis of counts. */
const WHOLE = [...new Array(14).keys()].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));

/** What the x axis can be: how its values are written, and what a value is called. */
const ACROSS = {
  records: { ticks: distinct, incrs: WHOLE, at: (x) => `at ${count(x)} records`, time: false },
  time: { ticks: (all) => all.map((x) => clock(x).slice(-8)), at: (x) => `at ${clock(x)}`, time: true },
  confidence: { ticks: (all) => all.map((x) => x.toFixed(1)), incrs: [0.2, 0.5], at: (x) => `confidence ${x.toFixed(2)}`, time: false },
};

/** Short labels, or whole ones where short ones would be alike. */
function distinct(values) {
  const short = values.map(compact);
  return new Set(short).size === short.length ? short : values.map(count);
}

export class Chart {
  #options;
  #plot;
  #figure;
  #label;
  #waiting;
  #legend;
  #chart = null;
  #names = '';
  #data = [[]];
  #visible = false;
  #stale = false;
  #logarithmic = false;

  /**
   * @param options {title, unit, across: 'records' | 'time' | 'confidence', range: SharedRange or
   *     absent, marks: {all, shown} or absent, fromZero, format, offersLog, level of the heading,
   *     stacked for shares that are drawn upon each other}
   */
  constructor(options) {
    this.#options = { format: score, across: 'records', ...options };
    this.#plot = element('div', { class: 'plot', role: 'img', tabindex: '0' });
    this.#label = element('span', { class: 'at' });
    this.#legend = new Legend(options.title, (index, shown) => this.#toggled(index, shown));
    this.#figure = this.#made();
    this.#plot.addEventListener('keydown', (event) => this.#key(event));
    this.#watch();
  }

  get node() {
    return this.#figure;
  }

  /**
   * Shows curves.
   *
   * @param x the values across, ascending
   * @param curves [{name, label, values, style: {colour, dash, width}}]
   * @param awaited what is waited for while there is nothing to show
   */
  set(x, curves, awaited = 'Waits for the first evaluation.') {
    setText(this.#waiting, awaited);
    const names = curves.map((curve) => curve.name).join('\n');
    this.#legend.set(curves, this.#options.format);
    this.#data = [x, ...this.#columns(curves)];
    this.#figure.classList.toggle('waits', x.length === 0);
    this.#plot.setAttribute('aria-label', this.#described(curves));
    if (names !== this.#names) {
      this.#names = names;
      this.#remove();
    }
    this.#curves = curves;
    this.redraw();
  }

  #curves = [];

  /** Draws again as soon as it can be seen. */
  redraw() {
    this.#stale = true;
    if (this.#visible) {
      this.#draw();
    }
  }

  #columns(curves) {
    if (this.#options.stacked) {
      return stacked(curves.map(({ values }, index) => (this.#legend.shows(index) ? values : values.map(() => null))));
    }
    return curves.map((curve) => this.#drawable(curve.values));
  }

  /** What is stacked upon a curve moves with it. */
  #toggled(index, shown) {
    if (this.#options.stacked) {
      this.set(this.#data[0], this.#curves);
    } else {
      this.#chart?.setSeries(index, { show: shown });
    }
  }

  #made() {
    const { title, unit, offersLog, level } = this.#options;
    const heading = element(level ?? 'h3', {}, title, unit ? element('span', { class: 'unit' }, ` ${unit}`) : null);
    const tools = offersLog ? this.#logButton() : null;
    this.#waiting = element('p', { class: 'awaited' });
    const head = element('figcaption', {}, heading, this.#label, tools);
    return element('figure', { class: 'card chart' }, head, this.#plot, this.#waiting, this.#legend.node);
  }

  #logButton() {
    const button = element('button', { type: 'button', class: 'small', 'aria-pressed': 'false', 'aria-label': `${this.#options.title}: log scale` }, 'log');
    button.addEventListener('click', () => {
      this.#logarithmic = !this.#logarithmic;
      button.setAttribute('aria-pressed', String(this.#logarithmic));
      this.#remove();
      this.set(this.#data[0], this.#curves);
    });
    return button;
  }

  #watch() {
    new IntersectionObserver(([entry]) => {
      this.#visible = entry.isIntersecting;
      if (this.#visible && this.#stale) {
        this.#draw();
      }
    }, { rootMargin: '100px' }).observe(this.#plot);
    new ResizeObserver(() => this.#resize()).observe(this.#plot);
    onTheme(() => this.redraw());
    this.#options.range?.onChange(() => this.redraw());
  }

  #resize() {
    const width = this.#plot.clientWidth;
    if (this.#chart !== null && width > 0 && width !== this.#chart.width) {
      this.#chart.setSize({ width, height: HEIGHT });
    }
  }

  #draw() {
    if (this.#data[0].length === 0 || this.#plot.clientWidth === 0) {
      return;
    }
    this.#stale = false;
    if (this.#chart === null) {
      this.#chart = new uPlot(this.#settings(), this.#data, this.#plot);
    } else {
      this.#chart.setData(this.#data);
    }
  }

  #remove() {
    this.#chart?.destroy();
    this.#chart = null;
  }

  /** What a logarithm has no place for is left out. */
  #drawable(values) {
    return this.#logarithmic ? values.map((value) => (value > 0 ? value : null)) : values;
  }

  #settings() {
    const across = ACROSS[this.#options.across];
    return {
      width: this.#plot.clientWidth,
      height: HEIGHT,
      ms: 1,
      padding: [this.#options.marks ? 16 : 8, 24, 0, 0],
      legend: { show: false },
      scales: { x: { time: across.time, range: () => this.#acrossRange() }, y: this.#upScale() },
      axes: [this.#axis({ size: 26, space: 64, values: (u, splits) => across.ticks(splits), ...(across.incrs ? { incrs: across.incrs } : {}) }), this.#axis(this.#upAxis())],
      series: [{}, ...this.#curves.map((curve, index) => this.#series(curve, index))],
      bands: this.#options.stacked ? this.#curves.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) : [],
      cursor: this.#cursor(),
      hooks: this.#hooks(),
    };
  }

  #acrossRange() {
    const x = this.#data[0];
    return this.#options.fixed ?? this.#options.range?.value ?? whole(x[0] ?? null, x.at(-1) ?? null);
  }

  #upScale() {
    if (this.#options.fixed || this.#options.stacked) {
      return { range: () => [0, 1.02] };
    }
    if (this.#logarithmic) {
      return { distr: 3, range: (u, least, most) => logarithmic(least, most) };
    }
    return { range: (u, least, most) => (this.#options.fromZero ? fromZero(most) : roomy(least, most)) };
  }

  #axis(more) {
    return {
      stroke: () => colour('muted'),
      font: FONT,
      grid: { stroke: () => colour('grid'), width: 1 },
      ticks: { show: false },
      ...more,
    };
  }

  #upAxis() {
    const size = (u, values) => 14 + 6.6 * Math.max(3, ...(values ?? []).map((value) => (value ?? '').length));
    const labelled = (value) => value !== null && (!this.#logarithmic || isRound(value));
    return { size, space: 32, values: (u, splits) => splits.map((value) => (labelled(value) ? tick(value) : null)) };
  }

  #series(curve, index) {
    const { colour: name, dash, width } = curve.style;
    if (this.#options.stacked) { // a line between two areas has the ground's colour
      return { label: curve.name, stroke: () => colour('card'), fill: () => shade(name), width: 1, points: { show: false } };
    }
    return {
      label: curve.name,
      show: this.#legend.shows(index),
      stroke: () => colour(name),
      width: width ?? 1.5,
      dash,
      spanGaps: true,
      points: { show: curve.style.points ?? this.#data[0].length < 3, size: 5, fill: () => colour(name) },
    };
  }

  #cursor() {
    const zooms = this.#options.range !== undefined;
    return {
      y: false,
      drag: { x: zooms, y: false, setScale: false },
      points: { size: 7 },
      bind: { dblclick: () => () => this.#options.range?.set(null) },
      sync: this.#options.across === 'confidence' ? undefined : { key: this.#options.across, scales: ['x', null] },
    };
  }

  #hooks() {
    const marks = this.#options.marks;
    return {
      drawClear: marks ? [(u) => drawSpans(u, marks)] : [],
      draw: marks ? [(u) => drawMarks(u, marks)] : [],
      setCursor: [(u) => this.#pointed(u.cursor.idx)],
      setSelect: [(u) => this.#selected(u)],
    };
  }

  #selected(u) {
    const { left, width } = u.select;
    if (width === 0) {
      return;
    }
    const ends = [u.posToVal(left, 'x'), u.posToVal(left + width, 'x')];
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    if (width >= LEAST_DRAG && u.cursor.event) { // the charts beside this one are told, too
      this.#options.range?.set(ends);
    }
  }

  #pointed(index) {
    const at = index === null || index === undefined || this.#data[0][index] === undefined ? null : index;
    setText(this.#label, at === null ? '' : ACROSS[this.#options.across].at(this.#data[0][at]));
    this.#legend.point(at);
  }

  /** The arrow keys move the pointer from value to value; Escape takes it away. */
  #key(event) {
    const chart = this.#chart;
    if (chart === null || !(event.key in KEYS || event.key === 'Escape')) {
      return;
    }
    event.preventDefault();
    if (event.key === 'Escape') {
      chart.setCursor({ left: -10, top: -10 });
      return;
    }
    const last = this.#data[0].length - 1;
    const from = chart.cursor.idx ?? (KEYS[event.key] < 0 ? last + 1 : -1);
    const to = Math.min(last, Math.max(0, from + KEYS[event.key]));
    chart.setCursor({ left: chart.valToPos(this.#data[0][to], 'x'), top: 10 });
  }

  #described(curves) {
    const { title, format } = this.#options;
    const said = curves.map((curve) => {
      const sum = summary(curve.values);
      return sum === null ? null : `${curve.name}: latest ${format(sum.latest)}, least ${format(sum.least)}, most ${format(sum.most)}`;
    });
    const text = said.filter((part) => part !== null).join('; ');
    return `Chart of ${title}. ${text === '' ? 'No values yet.' : `${text}.`}`;
  }
}
