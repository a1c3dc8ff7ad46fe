// Draws marks and resting spans on a chart's canvas.

import { restingSpans } from './columns.js';
import { markOf, placed } from './marks.js';
import { colour } from './theme.js';

const LETTER = 13;
const DASHES = { drift: [4, 3], bad: [2, 2], good: [], phase: [8, 4], plain: [1, 4] };

/** Shades where nothing was trained, beneath the curves. */
export function drawSpans(u, { all }) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.fillStyle = colour('resting');
  for (const [from, to] of restingSpans(all())) {
    const left = Math.max(bbox.left, u.valToPos(from, 'x', true));
    const right = Math.min(bbox.left + bbox.width, to === null ? Infinity : u.valToPos(to, 'x', true));
    if (right > left) {
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
  }
  ctx.restore();
}

/** Draws a line for each mark, and its letter above the curves. */
export function drawMarks(u, { all, shown }) {
  const ratio = devicePixelRatio;
  const { left, top, width, height } = u.bbox;
  const toX = (records) => (u.valToPos(records, 'x', true) - left) / ratio;
  const { ctx } = u;
  ctx.save();
  ctx.font = `600 ${9.5 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const place of placed(all(), shown, toX, width / ratio)) {
    const x = Math.round(left + place.x * ratio) + 0.5;
    line(ctx, x, top, height, place, ratio);
    if (place.lettered) {
      letter(ctx, x, top - 8 * ratio, markOf(place.mark.kind), ratio);
    }
  }
  ctx.restore();
}

function line(ctx, x, top, height, { mark, lettered }, ratio) {
  const kind = markOf(mark.kind).colour;
  ctx.strokeStyle = colour(`mark-${kind}`);
  ctx.globalAlpha = lettered ? 0.9 : 0.35;
  ctx.lineWidth = ratio;
  ctx.setLineDash(DASHES[kind].map((length) => length * ratio));
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function letter(ctx, x, y, kind, ratio) {
  const size = LETTER * ratio;
  ctx.fillStyle = colour(`mark-${kind.colour}`);
  ctx.beginPath();
  ctx.roundRect(x - size / 2, y - size / 2, size, size, 3 * ratio);
  ctx.fill();
  ctx.fillStyle = colour('on-mark');
  ctx.fillText(kind.letter, x, y + 0.5 * ratio);
}
