// A HAR file that is dropped on the console: what kept the session alive in it. The file stays in the browser.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ConsoleElement } from '../element.js';
import { byName, carriers, verdict } from '../har/idle.js';
import { HarError, LARGEST, readHar } from '../har/har.js';
import { dateTime, duration, number, t, timeOfDay } from '../messages.js';
import { draftExclusions, mayExclude } from './exclusion-draft.js';
import { idleChart } from './idle-chart.js';
import { resetOf } from './words.js';
import './table.js';

const MEGABYTE = 1024 * 1024;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHOWN = 100;
const NARROW = matchMedia('(max-width: 48rem)');

class HarFile extends ConsoleElement {
  static properties = {
    settings: { attribute: false },
    har: { state: true },
    name: { state: true },
    failure: { state: true },
    reading: { state: true },
    over: { state: true },
    carrier: { state: true },
    minutes: { state: true },
    chosen: { state: true },
    all: { state: true },
  };

  constructor() {
    super();
    this.narrowed = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    NARROW.addEventListener('change', this.narrowed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    NARROW.removeEventListener('change', this.narrowed);
  }

  willUpdate() {
    this.minutes ??= this.settings?.enabled ? this.settings.seconds / 60 : 15;
  }

  async read(file) {
    if (!file) {
      return;
    }
    const reading = (this.reading = Symbol('reading'));
    this.failure = this.har = undefined;
    this.name = file.name;
    try {
      if (file.size > LARGEST) {
        throw new HarError('tooLarge', { size: number(Math.ceil(file.size / MEGABYTE)), most: number(LARGEST / MEGABYTE) });
      }
      const har = readHar(await file.text());
      if (this.reading === reading) {
        this.har = { ...har, carriers: carriers(har.calls), start: har.calls[0].at, end: har.calls.reduce((end, { until }) => Math.max(end, until), 0) };
        this.carry(0);
      }
    } catch (error) {
      if (this.reading === reading) {
        this.failure = error instanceof HarError ? t(`har.error.${error.code}`, error.values) : t('har.error.unreadable');
      }
    } finally {
      if (this.reading === reading) {
        this.reading = undefined;
        await this.updateComplete;
        this.querySelector('.verdict, .failed')?.focus();
      }
    }
  }

  /** Looks at the file anew, by another way in which the calls may have carried the token. */
  carry(index) {
    this.carrier = index;
    this.groups = byName(this.har.calls, this.har.carriers[index], this.settings?.exclusions ?? []);
    this.chosen = new Set(this.groups.filter(({ interval, resets }) => interval && resets).map(({ name }) => name));
  }

  render() {
    return html`
      <section class="card" aria-labelledby="har-heading">
        <div class="card-head"><div><h2 id="har-heading">${t('har.title')}</h2><p class="quiet">${t('har.more')}</p></div></div>
        <label class=${this.over ? 'drop over' : 'drop'}
          @dragover=${(event) => { event.preventDefault(); this.over = true; }} @dragleave=${() => (this.over = false)}
          @drop=${(event) => { event.preventDefault(); this.over = false; this.read(event.dataTransfer.files[0]); }}>
          <span class="drop-title">${t('har.drop')}</span>
          <input type="file" accept=".har,.json,application/json" @change=${(event) => this.read(event.target.files[0])}>
          <span class="quiet">${t('har.stays')}</span>
        </label>
        <details><summary>${t('har.how')}</summary><ol><li>${t('har.how.1')}</li><li>${t('har.how.2')}</li><li>${t('har.how.3')}</li></ol></details>
      </section>
      ${this.reading ? html`<div class="waiting" role="status"><span class="spinner" aria-hidden="true"></span>${t('har.reading', { name: this.name })}</div>` : nothing}
      ${this.failure ? html`<div class="failed" role="alert" tabindex="-1"><h2>${t('har.failed', { name: this.name })}</h2><p>${this.failure}</p></div>` : nothing}
      ${this.har ? this.found() : nothing}`;
  }

  found() {
    const { start, end } = this.har;
    const timeout = this.minutes * MINUTE;
    const lines = verdict(this.groups, this.chosen, timeout, { end });
    const compare = this.chosen.size > 0;
    const sentences = [this.today(lines.today), compare && this.then(lines.then)].filter(Boolean);
    const shown = this.groups.filter(({ carrying }) => this.all || carrying);
    return html`
      <section class="card" aria-labelledby="idle-heading">
        <div class="card-head"><div><h2 id="idle-heading">${t('idle.title')}</h2>
          <p class="quiet">${t('har.about', { name: this.name, calls: this.har.calls.length, tool: this.har.tool || t('har.unnamed'), from: dateTime(start), to: timeOfDay(end) })}</p></div></div>
        ${this.har.unreadable ? html`<p class="notice warn">${t('har.unread', { count: this.har.unreadable })}</p>` : nothing}
        ${this.har.tokens > 1 ? html`<p class="notice">${t('har.tokens', { count: this.har.tokens })}</p>` : nothing}
        <div class="filters wide">
          <div><label for="har-carrier">${t('har.carrier')}</label>
            <select id="har-carrier" @change=${(event) => this.carry(Number(event.target.value))}>
              ${this.har.carriers.map(({ by, name, origin }, i) => html`<option value=${i} .selected=${i === this.carrier}>${t(`har.by.${by}`, { name, origin })}</option>`)}
            </select></div>
          <div><label for="har-timeout">${t('har.timeout')}</label>
            <input id="har-timeout" type="number" min="0.1" step="any" inputmode="decimal" .value=${live(String(this.minutes))}
              @change=${(event) => { this.minutes = Number(event.target.value) > 0 ? Number(event.target.value) : this.minutes; this.requestUpdate(); }}></div>
        </div>
        <div class="verdict" role="status" tabindex="-1">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
        ${lines.today.points.length ? idleChart(lines, { start, end, timeout, narrow: NARROW.matches, compare, title: sentences.join(' ') }) : nothing}
        ${this.tools()}
      </section>
      <section class="card" aria-labelledby="har-calls">
        <div class="card-head"><div><h2 id="har-calls">${t('har.calls')}</h2><p class="quiet">${t('har.callsMore')}</p></div>
          <div class="tools"><label class="check"><input type="checkbox" .checked=${live(Boolean(this.all))} @change=${(event) => (this.all = event.target.checked)}>${t('har.all')}</label></div></div>
        <data-table class="cards" caption=${t('har.calls')} file="har" selectable .rows=${shown.slice(0, SHOWN)} .key=${({ name }) => name} .chosen=${this.chosen}
          .all=${() => shown} .columns=${COLUMNS} .none=${html`<p class="quiet">${t('har.noneCarried')}</p>`}
          @choose=${({ detail }) => (this.chosen = detail)}></data-table>
        ${shown.length > SHOWN ? html`<p class="quiet">${t('har.further', { count: shown.length - SHOWN })}</p>` : nothing}
      </section>`;
  }

  today({ points, lapse, longest }) {
    if (!points.length) {
      return t('idle.unused');
    }
    const time = duration(this.minutes * 60);
    return lapse === undefined
      ? t('idle.today.never', { time, longest: duration(longest / 1000) })
      : t('idle.today.lapsed', { time, at: this.moment(lapse) });
  }

  then({ points, lapse, deadline }) {
    const count = this.chosen.size;
    if (!points.length) {
      return undefined;
    }
    return lapse === undefined
      ? t('idle.then.never', { count, at: this.moment(deadline) })
      : t('idle.then.lapsed', { count, at: this.moment(lapse) });
  }

  moment(at) {
    return this.har.end - this.har.start > DAY ? dateTime(at) : timeOfDay(at);
  }

  tools() {
    const apis = this.groups.filter(({ name, exclusion }) => exclusion && this.chosen.has(name)).map(({ exclusion }) => exclusion);
    if (!this.settings || !mayExclude() || !apis.length) {
      return nothing;
    }
    return html`<div class="tools"><button type="button" class="first" @click=${() => {
      draftExclusions(this, this.settings, apis);
      this.announce(t('alive.drafted', { count: apis.length }));
    }}>${t('har.exclude', { count: apis.length })}</button></div>`;
  }
}

/** Why calls that carried the token reset nothing. */
const reasons = ({ excluded, background, idle }) => [
  excluded && t('har.why.excluded', { count: excluded }),
  background && t('har.why.background', { count: background }),
  ...Object.entries(idle).map(([why, count]) => t(`har.why.${why}`, { count })),
].filter(Boolean);

const COLUMNS = [
  { name: 'call', heading: t('alive.call'), csv: ({ name }) => name,
    show: (row) => html`<span class="call">${resetOf(row.name)}</span>${row.socket ? html`<br><span class="badge">WebSocket</span>` : nothing}` },
  { name: 'total', heading: t('har.total'), css: 'number', csv: ({ total }) => total, show: ({ total }) => number(total) },
  { name: 'carrying', heading: t('har.carrying'), css: 'number', csv: ({ carrying }) => carrying, show: ({ carrying }) => number(carrying) },
  { name: 'resets', heading: t('alive.resets'), css: 'number', csv: ({ resets }) => resets,
    show: (row) => html`${number(row.resets)}${reasons(row).map((reason) => html`<br><span class="quiet">${reason}</span>`)}` },
  { name: 'rhythm', heading: t('alive.rhythm'), csv: ({ interval }) => (interval ? interval / 1000 : ''),
    show: ({ interval, heartbeat }) => (interval
      ? html`<span class="badge warn">${t('alive.every', { time: duration(Math.max(1, interval / 1000), 'short') })}</span>`
      : html`<span class="quiet">${t(heartbeat ? 'alive.person' : 'alive.none')}</span>`) },
];

customElements.define('har-file', HarFile);
