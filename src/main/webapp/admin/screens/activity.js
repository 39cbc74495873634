// What keeps sessions alive: the calls that reset timers while nobody is there, and a recording of one's own.

import { html, nothing } from 'lit';
import { get } from '../api.js';
import { Screen, empty } from '../element.js';
import { dateTime, duration, number, t } from '../messages.js';
import { href, refine } from '../router.js';
import { draftExclusions, drafted, dropExclusion, mayExclude, readChoice } from '../parts/exclusion-draft.js';
import { findApplications } from '../parts/people.js';
import { resetOf } from '../parts/words.js';
import '../parts/har-file.js';
import '../parts/table.js';
import '../parts/type-ahead.js';

const STRETCHES = ['hour', 'day', 'week'];
const SHOWN = 25;

class ActivityScreen extends Screen {
  static properties = { application: { state: true } };

  get over() {
    const over = this.place.query.get('over');
    return STRETCHES.includes(over) ? over : 'day';
  }

  async read() {
    const applicationId = this.place.query.get('applicationId');
    const [choice, counted, application] = await Promise.all([
      readChoice(),
      this.place.part === 'har' ? undefined : get('activity/calls', { over: this.over, applicationId }),
      applicationId && get(`applications/${encodeURIComponent(applicationId)}`).catch(() => ({ name: applicationId })),
    ]);
    return { choice, counted, application: application?.name };
  }

  show(data) {
    const part = this.place.part;
    const waiting = drafted().length;
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${t('screen.activity')}</h1><p class="quiet">${t('alive.intro')}</p></div>
        ${part === 'har' ? nothing : html`<div class="tools"><button type="button" class="second" @click=${() => this.reload()}>${t('action.refresh')}</button></div>`}
      </div>
      <nav class="tabs" aria-label=${t('screen.activity')}>
        <a href=${href('activity')} aria-current=${part === 'har' ? nothing : 'page'}>${t('alive.live')}</a>
        <a href=${href('activity', { part: 'har' })} aria-current=${part === 'har' ? 'page' : nothing}>${t('alive.har')}</a>
      </nav>
      ${waiting ? html`<div class="notice"><strong>${t('alive.waiting', { count: waiting })}</strong> <a href=${href('settings')}>${t('alive.review')}</a></div>` : nothing}
      ${part === 'har' ? html`<har-file .settings=${data.choice} @drafted=${() => this.requestUpdate()}></har-file>` : this.finder(data)}`;
  }

  finder({ choice, counted: { dateFrom, dateCounted, entities }, application }) {
    const chatty = entities.filter(({ unattended, sessionsKept, excluded }) => unattended || sessionsKept || excluded);
    const others = entities.filter((call) => !chatty.includes(call));
    return html`
      <div class="filters wide">
        <div><span class="label" id="over">${t('overview.over')}</span><div class="tools" role="group" aria-labelledby="over">
          ${STRETCHES.map((name) => html`<button type="button" class="second small" aria-pressed=${this.over === name ? 'true' : 'false'}
            @click=${() => refine({ over: name === 'day' ? '' : name })}>${t(`alive.over.${name}`)}</button>`)}
        </div></div>
        <type-ahead label=${t('sessions.application')} keep .source=${findApplications} .value=${application ?? ''}
          @pick=${({ detail }) => refine({ applicationId: detail?.value ?? '' })}></type-ahead>
      </div>
      <section class="card" aria-labelledby="chatty">
        <div class="card-head"><div><h2 id="chatty">${t('alive.chatty')}</h2>
          <p class="quiet">${t('alive.chattyMore', { from: dateTime(dateFrom), to: dateTime(dateCounted) })}</p></div></div>
        <data-table class="cards" caption=${t('alive.chatty')} file="calls" ?loading=${this.loading} .rows=${chatty} .key=${({ call }) => call}
          .columns=${this.columns(choice)} .none=${empty(t('alive.nothing'), t('alive.nothingMore'))}></data-table>
      </section>
      ${others.length ? html`<section class="card" aria-labelledby="others">
        <div class="card-head"><div><h2 id="others">${t('alive.others')}</h2><p class="quiet">${t('alive.othersMore')}</p></div></div>
        <data-table caption=${t('alive.others')} file="other-calls" .rows=${others.slice(0, SHOWN)} .key=${({ call }) => call} .all=${() => others}
          .columns=${this.columns().filter(({ name }) => ['call', 'resets'].includes(name))}></data-table>
      </section>` : nothing}`;
  }

  columns(choice) {
    return [
      { name: 'call', heading: t('alive.call'), csv: ({ call }) => call, show: ({ call }) => html`<a class="call" href=${href('sessions', { query: { lastResetBy: call } })}>${resetOf(call)}</a>` },
      { name: 'kept', heading: t('alive.kept'), css: 'number', csv: ({ sessionsKept }) => sessionsKept,
        show: ({ sessionsKept, sessionsKeptAlone }) => html`<strong>${number(sessionsKept)}</strong>${sessionsKept
          ? html`<br><span class="quiet">${t('alive.alone', { count: sessionsKeptAlone })}</span>` : nothing}` },
      { name: 'rhythm', heading: t('alive.rhythm'), csv: ({ intervalSeconds }) => intervalSeconds ?? '',
        show: ({ intervalSeconds }) => (intervalSeconds ? html`<span class="badge warn">${t('alive.every', { time: duration(Math.max(1, intervalSeconds), 'short') })}</span>` : nothing) },
      { name: 'resets', heading: t('alive.resets'), css: 'number', csv: ({ resets }) => resets,
        show: ({ resets, unattended }) => html`${number(resets)}${unattended ? html`<br><span class="quiet">${t('alive.unattended', { count: unattended })}</span>` : nothing}` },
      ...(choice && mayExclude() ? [{ name: 'exclude', heading: t('alive.exclude'), csv: ({ excluded }) => excluded, show: (row) => this.exclude(choice, row) }] : []),
    ];
  }

  exclude(choice, { call, exclusion, excluded }) {
    if (excluded) {
      return html`<span class="badge good">${t('alive.excluded')}</span>`;
    }
    if (!exclusion) {
      return nothing;
    }
    return drafted().includes(exclusion)
      ? html`<span class="badge">${t('alive.inDraft')}</span> <button type="button" class="link" aria-label=${t('alive.dropOf', { call })}
          @click=${() => { dropExclusion(this, choice, exclusion); this.requestUpdate(); }}>${t('alive.drop')}</button>`
      : html`<button type="button" class="second small" aria-label=${t('alive.excludeOf', { call })} @click=${() => {
        draftExclusions(this, choice, [exclusion]);
        this.requestUpdate();
        this.announce(t('alive.drafted', { count: 1 }));
      }}>${t('alive.exclude')}</button>`;
  }
}

customElements.define('activity-screen', ActivityScreen);
