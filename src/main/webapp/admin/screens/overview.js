// How many sessions there are, what is about to lapse and what has lapsed, and what keeps sessions alive.

import { html, nothing, svg } from 'lit';
import { get } from '../api.js';
import { Screen, empty } from '../element.js';
import { ago, dateTime, day, number, roughly, t, timeOfDay } from '../messages.js';
import { href, refine } from '../router.js';
import { lapse, may } from '../session.js';
import { resetOf } from '../parts/words.js';
import '../parts/table.js';

const EVERY = 15_000;
const HOUR = 3600;

/** The stretches of time to look at: so many intervals of such a length, the last one being the present. */
const STRETCHES = {
  day: { intervals: 24, seconds: HOUR, label: timeOfDay },
  week: { intervals: 7, seconds: 24 * HOUR, label: day },
  month: { intervals: 30, seconds: 24 * HOUR, label: day },
};

/** The beginning of the hour or the day of a moment, on the administrator's own clock on the wall. */
function beginningOf(moment, seconds) {
  const now = new Date(moment);
  now.setMinutes(0, 0, 0);
  if (seconds > HOUR) {
    now.setHours(0);
  }
  return now;
}

const iso = (moment) => `${new Date(moment).toISOString().slice(0, 19)}Z`;

class OverviewScreen extends Screen {
  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible' && lapse.explain().state === 'active') {
        this.reload({ background: true });
      }
    }, EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  get stretch() {
    return STRETCHES[this.place.query.get('over')] ? this.place.query.get('over') : 'day';
  }

  async read({ background = false } = {}) {
    const counts = await get('sessions/counts', { lapsingWithin: 300 }, { background });
    const now = counts.dateCounted;
    const { intervals, seconds } = STRETCHES[this.stretch];
    const to = beginningOf(now, seconds).getTime() + seconds * 1000;
    const span = { from: iso(to - intervals * seconds * 1000), to: iso(to), intervalSeconds: seconds };
    const midnight = beginningOf(now, 24 * HOUR);
    const today = { from: iso(midnight), to: iso(midnight.getTime() + 24 * HOUR * 1000), intervalSeconds: 24 * HOUR };
    const over = async (when) => {
      const [ended, locked] = await Promise.all([
        get('audits/counts', { ...when, action: 'session.end', reason: 'INACTIVITY' }, { background }),
        get('audits/counts', { ...when, action: 'session.lock', actorType: 'policy' }, { background }),
      ]);
      return ended.intervals.map(({ from, total }, i) => ({ from, ended: total, locked: locked.intervals[i].total }));
    };
    const [lapses, [sinceMidnight]] = await Promise.all([
      may('audits:audit:view') ? over(span) : undefined,
      may('audits:audit:view') ? over(today) : [undefined],
    ]);
    const nodes = may('directory:organization:admin') ? (await get('nodes', {}, { background })).entities : [];
    return { counts, lapses, sinceMidnight, midnight, nodes };
  }

  show({ counts, lapses, sinceMidnight, midnight, nodes }) {
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${t('screen.overview')}</h1>
          <p class="quiet">${t('overview.asOf', { time: dateTime(counts.dateCounted) })}</p></div>
        <div class="tools"><button type="button" class="second" @click=${() => this.reload()}>${t('action.refresh')}</button></div>
      </div>
      <div class="figures">
        ${this.figure('live', counts.live, href('sessions'))}
        ${this.figure('locked', counts.locked, href('sessions', { query: { state: 'locked' } }))}
        ${this.figure('lapsing', counts.lapsing, href('sessions', { query: { lapsingWithin: 300 } }), counts.lapsing > 0)}
        ${sinceMidnight
          ? this.figure('lapsed', sinceMidnight.ended + sinceMidnight.locked, href('audit', {
            query: { action: 'session.end', reason: 'INACTIVITY', from: iso(midnight) },
          }), false, t('overview.lapsedOf', { ended: sinceMidnight.ended, locked: sinceMidnight.locked }))
          : nothing}
      </div>
      ${lapses ? this.chart(lapses) : nothing}
      <div class="columns">
        ${this.shares('resets', counts.resets.map(({ id, total }) => ({
          id, total, name: resetOf(id), to: id ? href('sessions', { query: { lastResetBy: id } }) : undefined,
        })), counts.live)}
        ${this.shares('applications', counts.applications.map(({ id, name, total }) => ({
          id, total, name, to: href('sessions', { query: { applicationId: id } }),
        })), counts.live)}
      </div>
      ${nodes.length ? this.servers(nodes, new Date(counts.dateCounted).getTime()) : nothing}`;
  }

  figure(name, value, to, warned = false, more = t(`overview.${name}.more`)) {
    return html`<a class=${warned ? 'figure warned' : 'figure'} href=${to}>
      <span>${t(`overview.${name}`)}</span><span class="value">${number(value)}</span><span class="quiet">${more}</span>
    </a>`;
  }

  chart(lapses) {
    const { label } = STRETCHES[this.stretch];
    const total = lapses.reduce((sum, { ended, locked }) => sum + ended + locked, 0);
    return html`<section class="card" aria-labelledby="lapses-heading">
      <div class="card-head">
        <div><h2 id="lapses-heading">${t('overview.lapses')}</h2><p class="quiet">${t('overview.lapsesMore')}</p></div>
        <div class="tools" role="group" aria-label=${t('overview.over')}>
          ${Object.keys(STRETCHES).map((name) => html`<button type="button" class="second small" aria-pressed=${this.stretch === name ? 'true' : 'false'}
            @click=${() => refine({ over: name === 'day' ? '' : name })}>${t(`overview.over.${name}`)}</button>`)}
        </div>
      </div>
      <div class="beside">
        <div>
          ${bars(lapses, label, t('overview.chart', { count: total, number: number(total) }))}
          <div class="legend">
            <span><svg viewBox="0 0 12 12" aria-hidden="true" class="chart"><rect class="ended" width="12" height="12" rx="2"></rect></svg>${t('overview.ended')}</span>
            <span><svg viewBox="0 0 12 12" aria-hidden="true" class="chart"><rect class="locked" width="12" height="12" rx="2"></rect></svg>${t('overview.lockedBar')}</span>
          </div>
        </div>
        <data-table caption=${t('overview.lapses')} file="lapses" .rows=${[...lapses].reverse()} .key=${({ from }) => from}
          .columns=${[
            { name: 'from', heading: t('overview.from'), show: ({ from }) => label(from), csv: ({ from }) => from, css: 'nowrap' },
            { name: 'ended', heading: t('overview.ended'), show: ({ ended }) => number(ended), csv: ({ ended }) => ended, css: 'number' },
            { name: 'locked', heading: t('overview.lockedBar'), show: ({ locked }) => number(locked), csv: ({ locked }) => locked, css: 'number' },
          ]}></data-table>
      </div>
    </section>`;
  }

  servers(nodes, now) {
    return html`<section class="card" aria-labelledby="nodes-heading">
      <div class="card-head"><div><h2 id="nodes-heading">${t('overview.nodes')}</h2><p class="quiet">${t('overview.nodes.more')}</p></div></div>
      <data-table caption=${t('overview.nodes')} file="nodes" .rows=${nodes}
        .columns=${[
          { name: 'name', heading: t('overview.nodes.column'), csv: ({ name }) => name,
            show: ({ name, self }) => (self ? t('overview.nodes.self', { name }) : name) },
          { name: 'state', heading: t('overview.nodes.state'), csv: ({ state }) => state,
            show: ({ state }) => html`<span class="badge ${state === 'lost' ? 'bad' : 'good'}">${t(`overview.nodes.${state}`)}</span>` },
          { name: 'since', heading: t('overview.nodes.since'), csv: ({ dateJoined }) => dateJoined, css: 'nowrap',
            show: ({ dateJoined }) => dateTime(dateJoined) },
          { name: 'lease', heading: t('overview.nodes.lease'), csv: ({ leaseUntil }) => leaseUntil ?? '', css: 'nowrap',
            show: ({ state, leaseUntil }) => (state === 'serving' ? roughly((new Date(leaseUntil) - now) / 1000)
              : leaseUntil ? ago(leaseUntil, now) : '–') },
          { name: 'lag', heading: t('overview.nodes.lag'), csv: ({ lagMillis }) => lagMillis ?? '', css: 'number',
            show: ({ lagMillis }) => (lagMillis === null ? '–' : t('overview.nodes.millis', { millis: lagMillis })) },
          { name: 'version', heading: t('overview.nodes.version'), csv: ({ version }) => version, show: ({ version }) => version },
        ]}></data-table>
    </section>`;
  }

  shares(name, rows, whole) {
    return html`<section class="card" aria-labelledby=${`${name}-heading`}>
      <div class="card-head"><div><h2 id=${`${name}-heading`}>${t(`overview.${name}`)}</h2><p class="quiet">${t(`overview.${name}.more`)}</p></div></div>
      <data-table caption=${t(`overview.${name}`)} file=${name} .rows=${rows} .none=${empty(t('overview.nobody'))}
        .columns=${[
          { name: 'name', heading: t(`overview.${name}.column`), csv: (row) => row.id,
            show: (row) => (row.to ? html`<a class="call" href=${row.to}>${row.name}</a>` : row.name) },
          { name: 'share', heading: t('overview.share'), csv: ({ total }) => total / whole,
            show: ({ total }) => html`<meter class="share" min="0" max=${whole} value=${total} aria-label=${t('overview.shareOf', { total, whole })}></meter>` },
          { name: 'total', heading: t('overview.sessions'), show: ({ total }) => number(total), csv: ({ total }) => total, css: 'number' },
        ]}></data-table>
    </section>`;
  }
}

/** Stacked bars, with what they show in the table beside them. */
function bars(rows, label, title) {
  const width = 720;
  const height = 240;
  const left = 36;
  const bottom = 24;
  const highest = Math.max(...rows.map(({ ended, locked }) => ended + locked));
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000].find((size) => size * 4 >= highest) ?? Math.ceil(highest / 4);
  const top = step * Math.max(1, Math.ceil(highest / step));
  const y = (value) => height - bottom - (value / top) * (height - bottom - 10);
  const slot = (width - left) / rows.length;
  const bar = Math.min(28, slot * 0.68);
  const every = Math.ceil(rows.length / 8);
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return html`<svg class="chart" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${title}>
    ${lines.map((value) => svg`<line class=${value ? 'grid' : 'axis'} x1=${left} x2=${width} y1=${y(value)} y2=${y(value)}></line>
      <text x=${left - 6} y=${y(value) + 4} text-anchor="end">${number(value)}</text>`)}
    ${highest ? nothing : svg`<text class="nothing" x=${(left + width) / 2} y=${height / 2} text-anchor="middle">${t('overview.nothingLapsed')}</text>`}
    ${rows.map(({ from, ended, locked }, i) => {
      const x = left + i * slot + (slot - bar) / 2;
      return svg`
        ${ended ? svg`<rect class="ended" x=${x} width=${bar} y=${y(ended)} height=${y(0) - y(ended)} rx="2"></rect>` : nothing}
        ${locked ? svg`<rect class="locked" x=${x} width=${bar} y=${y(ended + locked)} height=${y(0) - y(locked)} rx="2"></rect>` : nothing}
        ${i % every === 0 ? svg`<text x=${x + bar / 2} y=${height - 6} text-anchor="middle">${label(from)}</text>` : nothing}`;
    })}
  </svg>`;
}

customElements.define('overview-screen', OverviewScreen);
