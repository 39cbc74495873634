// The live sessions: whose, how long still and why, and what reset their timers; to end or lock one or many.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { everyEntry, get, post } from '../api.js';
import { Screen, empty } from '../element.js';
import { ago, dateTime, number, roughly, t } from '../messages.js';
import { href, refine } from '../router.js';
import { lapse, may } from '../session.js';
import { busy } from '../parts/busy.js';
import { decisionOf } from '../parts/decision.js';
import { ask } from '../parts/dialog.js';
import { findApplications, findGroups, findPeople } from '../parts/people.js';
import { resetOf, ruleOf, stateOf, timeoutOf } from '../parts/words.js';
import { copyLink, statusOf, timelineOf } from '../parts/timeline.js';
import { sessionCalls } from '../parts/session-calls.js';
import '../parts/table.js';
import '../parts/type-ahead.js';

const EVERY = 15_000;
const AT_ONCE = 500;
const FILTERS = ['state', 'lapsingWithin', 'userId', 'applicationId', 'groupId', 'rule', 'lastResetBy', 'contains'];

class SessionsScreen extends Screen {
  static properties = { chosen: { state: true } };

  constructor() {
    super();
    this.chosen = new Map();
    this.names = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible' && lapse.explain().state === 'active' && !this.chosen.size) {
        this.reload({ background: true });
      }
    }, EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  get query() {
    return Object.fromEntries([...FILTERS, 'sortBy', 'sortOrder'].map((name) => [name, this.place.query.get(name)]));
  }

  async read({ background = false } = {}) {
    if (this.place.part) {
      const id = encodeURIComponent(this.place.part);
      const [one, calls] = await Promise.all([
        get(`sessions/${id}/timeline`, { pageNumber: this.place.query.get('page'), pageSize: 50 }, { background }),
        may('directory:user:view') ? get(`sessions/${id}/calls`, {}, { background }).catch(gone) : undefined,
      ]);
      return { one, calls };
    }
    const page = await get('sessions', { ...this.query, pageNumber: this.place.query.get('page'), pageSize: 25 }, { background });
    if (page.pageNumber > page.pageCount) {
      refine({ page: page.pageCount }, { replace: true });
    }
    await this.nameFilters();
    const [first] = page.entities;
    // the server's clock, on which the activity was
    return { page, at: first ? Date.parse(first.deadline) - first.secondsLeft * 1000 : Date.now() };
  }

  /** Whom the filters mean, where the address holds their ids alone. */
  async nameFilters() {
    const look = async (id, path) => {
      if (id && !this.names.has(id)) {
        const found = await get(path, undefined, { background: true }).catch(() => ({}));
        this.names.set(id, found.name ?? id);
      }
    };
    const { userId, groupId, applicationId } = this.query;
    await Promise.all([
      look(userId, `users/${userId}`),
      look(groupId, `groups/${groupId}`),
      look(applicationId, `applications/${applicationId}`),
    ]);
  }

  filter(values) {
    this.chosen = new Map();
    refine({ ...values, page: '' });
  }

  get columns() {
    const link = (name, id, label) => html`<a href=${href(name, { part: id })}>${label}</a>`;
    return [
      { name: 'user', heading: t('sessions.user'), sort: 'user', csv: ({ user }) => user?.username,
        show: ({ user, current }) => html`${user ? html`${link('people', user.id, user.name)}<br><span class="quiet">${user.username}</span>` : html`<span class="quiet">${t('sessions.noUser')}</span>`}
          ${current ? html` <span class="badge">${t('sessions.yours')}</span>` : nothing}` },
      { name: 'application', heading: t('sessions.application'), sort: 'application', csv: ({ application }) => application.id,
        show: ({ application }) => link('applications', application.id, application.name) },
      { name: 'state', heading: t('sessions.state'), csv: ({ state }) => state, show: ({ state }) => stateOf(state) },
      { name: 'left', heading: t('sessions.left'), sort: 'timeLeft', css: 'number', csv: ({ secondsLeft }) => Math.round(secondsLeft),
        show: ({ secondsLeft, deadline }) => html`<span title=${dateTime(deadline)}>${roughly(secondsLeft)}</span>` },
      { name: 'rule', heading: t('sessions.rule'), csv: ({ rule }) => rule,
        show: ({ rule, timeoutSeconds }) => html`${timeoutOf(timeoutSeconds)}${timeoutSeconds ? html`<br><span class="quiet">${ruleOf(rule)}</span>` : nothing}` },
      { name: 'reset', heading: t('sessions.reset'), sort: 'lastActivity', csv: ({ dateLastActivity }) => dateLastActivity,
        show: ({ dateLastActivity, lastResetBy }) => html`<span title=${dateTime(dateLastActivity)}>${ago(dateLastActivity, this.data.at)}</span><br><span class="quiet call">${resetOf(lastResetBy)}</span>` },
    ];
  }

  get csvColumns() {
    return [...this.columns, { name: 'by', heading: t('sessions.resetBy'), csv: ({ lastResetBy }) => lastResetBy },
      { name: 'opened', heading: t('sessions.opened'), csv: ({ dateOpened }) => dateOpened },
      { name: 'id', heading: t('sessions.id'), csv: ({ id }) => id }];
  }

  show({ page, one, calls }) {
    if (one) {
      return this.session(one, calls);
    }
    const filtered = FILTERS.some((name) => this.query[name]);
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${t('screen.sessions')}</h1>
          <p class="quiet">${t(filtered ? 'sessions.matching' : 'sessions.total', { count: page.total, number: number(page.total) })}</p></div>
        <div class="tools"><button type="button" class="second" @click=${() => this.reload()}>${t('action.refresh')}</button></div>
      </div>
      ${this.filters(filtered)}
      ${this.tools(page)}
      <data-table caption=${t('screen.sessions')} file="sessions" ?selectable=${may('oauth:token:delete')} ?loading=${this.loading}
        .rows=${page.entities} .page=${page} .columns=${this.columns} .fileColumns=${this.csvColumns}
        .sort=${{ by: this.query.sortBy ?? 'timeLeft', order: this.query.sortOrder ?? 'asc' }}
        .chosen=${new Set(this.chosen.keys())} .nameOf=${nameOf} .open=${details}
        .all=${(progress) => everyEntry('sessions', this.query, { progress })}
        .none=${filtered
          ? empty(t('sessions.noneMatch'), t('sessions.noneMatchMore'), html`<button type="button" class="second" @click=${this.clear}>${t('action.clearFilters')}</button>`)
          : empty(t('sessions.none'), t('sessions.noneMore'))}
        @sort=${({ detail }) => this.filter({ sortBy: detail.by, sortOrder: detail.order })}
        @page=${({ detail }) => refine({ page: detail })}
        @choose=${({ detail }) => this.choose(detail, page.entities)}></data-table>`;
  }

  /** One session, live or ended: where it stands, and what happened. */
  session({ user, session, timeline }, calls) {
    return html`
      <div class="head">
        <div><p class="crumbs"><a href=${href('sessions')}>${t('screen.sessions')}</a></p>
          <h1 tabindex="-1">${t('timeline.of', { name: user?.name ?? t('sessions.noUser'), application: session.application.name })}</h1>
          <p>${user ? html`<a href=${href('people', { part: user.id })}>${user.name}</a>` : nothing} <code class="quiet">${session.sessionId}</code></p></div>
        <div class="tools">${copyLink(this)}<button type="button" class="second" @click=${() => this.reload()}>${t('action.refresh')}</button></div>
      </div>
      <div class="columns">
        <section class="card" aria-labelledby="status"><div class="card-head"><h2 id="status">${t('sessions.about')}</h2></div>${statusOf(session)}</section>
        <section class="card" aria-labelledby="timeline"><div class="card-head"><h2 id="timeline">${t('timeline.title')}</h2></div>${timelineOf(timeline, { ofSession: true })}</section>
      </div>
      ${calls ? sessionCalls(calls) : nothing}`;
  }

  clear = () => this.filter(Object.fromEntries(FILTERS.map((name) => [name, ''])));

  filters(filtered) {
    const query = this.query;
    const select = (name, values, label = (value) => t(`${name}.${value}`)) => html`<div>
      <label for=${`filter-${name}`}>${t(`sessions.filter.${name}`)}</label>
      <select id=${`filter-${name}`} @change=${(event) => this.filter({ [name]: event.target.value })}>
        <option value="">${t('filter.any')}</option>
        ${values.map((value) => html`<option value=${value} .selected=${live(query[name] === String(value))}>${label(value)}</option>`)}
      </select></div>`;
    const find = (name, source) => html`<type-ahead label=${t(`sessions.filter.${name}`)} keep .source=${source} .value=${this.names.get(query[name]) ?? ''}
      @pick=${({ detail }) => { if (detail) { this.names.set(detail.value, detail.label); } this.filter({ [name]: detail?.value ?? '' }); }}></type-ahead>`;
    return html`<div class="filters" role="search" aria-label=${t('sessions.filters')}>
      <div><label for="filter-contains">${t('sessions.filter.contains')}</label>
        <input id="filter-contains" type="search" .value=${query.contains ?? ''} @change=${(event) => this.filter({ contains: event.target.value.trim() })}></div>
      ${find('userId', findPeople)}
      ${find('applicationId', findApplications)}
      ${find('groupId', findGroups)}
      ${select('state', ['active', 'held', 'locked'])}
      ${select('lapsingWithin', [60, 300, 900], (seconds) => t('sessions.within', { time: roughly(seconds) }))}
      ${select('rule', ['group', 'organization', 'application', 'hipaa', 'none'])}
      ${query.lastResetBy
        ? html`<div><span class="quiet">${t('sessions.filter.lastResetBy')}</span>
            <span class="chip">${resetOf(query.lastResetBy)}<button type="button" class="icon" aria-label=${t('sessions.filter.anyReset')} @click=${() => this.filter({ lastResetBy: '' })}><span aria-hidden="true">×</span></button></span></div>`
        : nothing}
      ${filtered ? html`<div><button type="button" class="second" @click=${this.clear}>${t('action.clearFilters')}</button></div>` : nothing}
    </div>`;
  }

  choose(keys, rows) {
    const known = new Map([...this.chosen, ...rows.map((row) => [row.id, row])]);
    this.chosen = new Map([...keys].map((key) => [key, known.get(key)]));
  }

  tools(page) {
    const count = this.chosen.size;
    if (!count) {
      return nothing;
    }
    return html`<div class="busy" role="group" aria-label=${t('sessions.chosenTools')}>
      <strong role="status">${t('sessions.chosen', { count, number: number(count) })}</strong>
      ${count < page.total ? html`<button type="button" class="link" @click=${() => this.chooseAll()}>${t('sessions.chooseAll', { count: page.total, number: number(page.total) })}</button>` : nothing}
      <span class="tools">
        <button type="button" class="second" @click=${() => this.act('lock')}>${t('sessions.lock')}</button>
        <button type="button" class="danger" @click=${() => this.act('end')}>${t('sessions.end')}</button>
        <button type="button" class="second" @click=${() => (this.chosen = new Map())}>${t('sessions.chooseNone')}</button>
      </span>
    </div>`;
  }

  async chooseAll() {
    try {
      const rows = await busy(this, t('sessions.collecting'), (progress) => everyEntry('sessions', this.query, { progress }));
      this.chosen = new Map(rows.map((row) => [row.id, row]));
    } catch (error) {
      this.complain(error);
    }
  }

  /** Asks with the exact effect, and does it. */
  async act(what) {
    const rows = [...this.chosen.values()];
    const concerned = what === 'lock' ? rows.filter(({ user, state }) => user && state !== 'locked') : rows;
    const body = effect(what, rows, concerned);
    if (!(await ask({
      title: t(`sessions.${what}.title`, { count: concerned.length, number: number(concerned.length) }),
      body,
      confirm: t(`sessions.${what}.confirm`, { count: concerned.length, number: number(concerned.length) }),
      dangerous: true,
    }))) {
      return;
    }
    // the own session last: nothing can be done after it
    const ids = concerned.sort((a, b) => a.current - b.current).map(({ id }) => id);
    try {
      const changed = await busy(this, t(`sessions.${what}.doing`), async (progress) => {
        let done = 0;
        for (let i = 0; i < ids.length; i += AT_ONCE) {
          done += (await post(`sessions/${what}`, { sessionIds: ids.slice(i, i + AT_ONCE) })).changed;
          progress(Math.min(ids.length, i + AT_ONCE), ids.length);
        }
        return done;
      });
      this.announce(t(`sessions.${what}.done`, { count: changed, number: number(changed) }));
    } catch (error) {
      this.complain(error);
    }
    this.chosen = new Map();
    await this.reload();
  }
}

/** A session that has ended has no calls any more. */
function gone(error) {
  if (error.status !== 404) {
    throw error;
  }
}

const nameOf = ({ user, application }) => `${user?.name ?? t('sessions.noUser')}, ${application.name}`;

function effect(what, rows, concerned) {
  const users = new Set(concerned.filter(({ user }) => user).map(({ user }) => user.id)).size;
  const alone = concerned.filter(({ user }) => !user).length;
  const held = concerned.filter(({ state }) => state === 'held').length;
  const named = concerned.slice(0, 5);
  return html`
    <p>${t(`sessions.${what}.effect`)}</p>
    <ul>
      ${named.map((row) => html`<li>${nameOf(row)}</li>`)}
      ${concerned.length > named.length ? html`<li>${t('sessions.more', { count: concerned.length - named.length, number: number(concerned.length - named.length) })}</li>` : nothing}
    </ul>
    <p>${users ? t('sessions.concerns', { people: t('people.count', { count: users, number: number(users) }) }) : nothing}
      ${alone ? t('sessions.alone', { count: alone, number: number(alone) }) : nothing}
      ${held ? t('sessions.heldOnes', { count: held, number: number(held) }) : nothing}
      ${rows.length > concerned.length ? t('sessions.leftOut', { count: rows.length - concerned.length, number: number(rows.length - concerned.length) }) : nothing}</p>
    ${concerned.some(({ current }) => current) ? html`<p class="notice warn">${t(`sessions.${what}.yours`)}</p>` : nothing}`;
}

const details = (row) => html`<div class="columns">
  <section><h3>${t('sessions.why')}</h3>${decisionOf(row)}</section>
  <section><h3>${t('sessions.about')}</h3><dl class="pairs">
    <dt>${t('sessions.opened')}</dt><dd>${dateTime(row.dateOpened)}</dd>
    <dt>${t('sessions.lastActivity')}</dt><dd>${dateTime(row.dateLastActivity)}</dd>
    <dt>${t('sessions.resetBy')}</dt><dd><code>${resetOf(row.lastResetBy)}</code></dd>
    <dt>${t(`sessions.then.${row.onInactivity}`)}</dt><dd>${dateTime(row.deadline)}</dd>
    <dt>${t('sessions.expires')}</dt><dd>${dateTime(row.dateExpires)}</dd>
    ${row.dateLocked ? html`<dt>${t('sessions.lockedSince')}</dt><dd>${dateTime(row.dateLocked)}</dd>` : nothing}
    ${row.heldUntil ? html`<dt>${t('sessions.heldUntil')}</dt><dd>${dateTime(row.heldUntil)}</dd>` : nothing}
    <dt>${t('sessions.id')}</dt><dd><a href=${href('sessions', { part: row.id })}><code>${row.id}</code></a></dd>
  </dl></section></div>`;

customElements.define('sessions-screen', SessionsScreen);
