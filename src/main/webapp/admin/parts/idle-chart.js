// How long a session went unused as a recording ran: under the rules of today, and with more calls excluded.

import { html, nothing, svg } from 'lit';
import { number, t, timeOfDay } from '../messages.js';

const MINUTE = 60_000;
const STEPS = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240];

/** The same line with at most two corners for each of so many columns. */
function thin(points, columns, start, span) {
  if (points.length <= columns * 4) {
    return points;
  }
  const found = new Map();
  for (const point of points) {
    const column = Math.floor(((point.at - start) / span) * columns);
    const one = found.get(column) ?? { low: point, high: point };
    found.set(column, { low: point.idle < one.low.idle ? point : one.low, high: point.idle > one.high.idle ? point : one.high });
  }
  return [...found.values()].flatMap(({ low, high }) => (low.at < high.at ? [low, high] : [high, low]));
}

/**
 * @param {{today: object, then: object}} lines as `verdict` gives them
 * @param {{start: number, end: number, timeout: number, narrow: boolean, title: string, compare: boolean}} how
 */
export function idleChart({ today, then }, { start, end, timeout, narrow, title, compare }) {
  const width = narrow ? 340 : 760;
  const height = narrow ? 220 : 260;
  const left = 40;
  const bottom = 26;
  const last = Math.max(end, start + MINUTE);
  const highest = Math.max(timeout, today.longest, then.longest) * 1.15;
  const step = (STEPS.find((size) => size * MINUTE * 5 >= highest) ?? 480) * MINUTE;
  const x = (at) => left + ((at - start) / (last - start)) * (width - left - 12);
  const y = (idle) => height - bottom - (idle / highest) * (height - bottom - 12);
  const path = (points) => thin(points, width, start, last - start)
    .map(({ at, idle }, i) => `${i ? 'L' : 'M'}${x(at).toFixed(1)} ${y(idle).toFixed(1)}`).join('');
  const lines = Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
  const times = Array.from({ length: narrow ? 3 : 6 }, (_, i) => start + ((last - start) * i) / (narrow ? 2 : 5));
  const mark = ({ lapse }, css) => (lapse !== undefined && lapse <= last
    ? svg`<circle class=${css} cx=${x(lapse)} cy=${y(timeout)} r="5"></circle>
      <text class="lapse" x=${Math.min(x(lapse), width - 24)} y=${y(timeout) - 10} text-anchor="middle">${timeOfDay(lapse)}</text>` : nothing);
  return html`<svg class="chart idle" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${title}>
    ${lines.map((idle) => svg`<line class=${idle ? 'grid' : 'axis'} x1=${left} x2=${width} y1=${y(idle)} y2=${y(idle)}></line>
      <text x=${left - 6} y=${y(idle) + 4} text-anchor="end">${number(idle / MINUTE)}</text>`)}
    <line class="limit" x1=${left} x2=${width} y1=${y(timeout)} y2=${y(timeout)}></line>
    ${times.map((at, i) => svg`<text x=${x(at)} y=${height - 6} text-anchor=${i === 0 ? 'start' : i === times.length - 1 ? 'end' : 'middle'}>${timeOfDay(at)}</text>`)}
    ${compare ? svg`<path class="then" d=${path(then.points)}></path>` : nothing}
    <path class="today" d=${path(today.points)}></path>
    ${compare ? mark(then, 'then') : nothing}${mark(today, 'today')}
  </svg>
  <div class="legend">
    <span><svg viewBox="0 0 12 12" aria-hidden="true" class="chart idle"><path class="today" d="M0 6H12"></path></svg>${t('idle.today')}</span>
    ${compare ? html`<span><svg viewBox="0 0 12 12" aria-hidden="true" class="chart idle"><path class="then" d="M0 6H12"></path></svg>${t('idle.then')}</span>` : nothing}
    <span><svg viewBox="0 0 12 12" aria-hidden="true" class="chart idle"><line class="limit" x1="0" x2="12" y1="6" y2="6"></line></svg>${t('idle.limit')}</span>
    <span>${t('idle.unit')}</span>
  </div>`;
}
