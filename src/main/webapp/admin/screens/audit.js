// The audit: who did what, when, from where and through what, with what was there before and after.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { everyEntry, get } from '../api.js';
import { Screen, empty } from '../element.js';
import { dateTime, known, knows, number, t } from '../messages.js';
import { href, refine } from '../router.js';
import { findApplications, findPeople } from '../parts/people.js';
import '../parts/table.js';
import '../parts/type-ahead.js';

const FILTERS = ['action', 'reason', 'actorType', 'actorId', 'concerns', 'applicationId', 'entityType', 'entityId', 'remoteAddress', 'from', 'to'];
const ACTIONS = ['signin.*', 'signin', 'signin.refuse', 'signin.suspend', 'authenticator.*', 'user.password.link.*', 'session.*', 'session.open', 'session.lock', 'session.unlock.*', 'session.end', 'hold.*',
  'timeout.update', 'authentication.update', 'feature.update', 'application.*', 'client.*', 'receiver.failing', 'user.*', 'group.*', 'role.*', 'tokens.delete'];
const ACTORS = ['user', 'application', 'policy', 'unknown'];
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** A moment of the API as a field for date and time holds it, on the clock on the wall, and back. */
const toField = (moment) => {
  if (!moment) {
    return '';
  }
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const fromField = (value) => (value ? new Date(value).toISOString().replace('.000Z', 'Z') : '');

class AuditScreen extends Screen {
  constructor() {
    super();
    this.names = new Map();
  }

  get query() {
    return Object.fromEntries([...FILTERS, 'sortOrder'].map((name) => [name, this.place.query.get(name)]));
  }

  async read() {
    const page = await get('audits', { ...this.query, pageNumber: this.place.query.get('page'), pageSize: 25 });
    if (page.pageNumber > page.pageCount) {
      refine({ page: page.pageCount }, { replace: true });
    }
    await this.namePeople(page.entities);
    return page;
  }

  /** Records name people by their ids, which never change; people read names. */
  async namePeople(rows) {
    const ids = [...rows.flatMap(({ actorType, actorId, concerns }) => [actorType === 'user' && actorId, concerns?.userId]),
      this.query.actorId, this.query.concerns].filter((id) => id && UUID.test(id) && !this.names.has(id));
    if (ids.length) {
      const found = await get('users', { id: [...new Set(ids)].join(','), state: 'any', pageSize: 250 }, { background: true }).catch(() => ({ entities: [] }));
      found.entities.forEach(({ id, name }) => this.names.set(id, name));
    }
  }

  nameOf(id) {
    return this.names.get(id) ?? id;
  }

  get columns() {
    return [
      { name: 'when', heading: t('audit.when'), css: 'moment', csv: ({ dateRecorded }) => dateRecorded, show: ({ dateRecorded }) => dateTime(dateRecorded) },
      { name: 'action', heading: t('audit.action'), csv: ({ action }) => action,
        show: ({ action, reason }) => html`${actionOf(action)}${reason ? html`<br><span class="quiet">${t(`reason.${reason}`)}</span>` : nothing}` },
      { name: 'actor', heading: t('audit.actor'), csv: ({ actorId, actorType }) => actorId ?? actorType, show: (row) => this.actor(row) },
      { name: 'concerns', heading: t('audit.concerns'), csv: ({ concerns }) => concerns?.userId, show: (row) => this.concerned(row) },
      { name: 'entity', heading: t('audit.entity'), csv: ({ entityType, entityId }) => `${entityType} ${entityId}`, show: (row) => this.entity(row) },
      { name: 'application', heading: t('audit.application'), csv: ({ applicationId }) => applicationId, show: ({ applicationId }) => applicationId ?? '' },
      { name: 'address', heading: t('audit.address'), csv: ({ remoteAddress }) => remoteAddress, show: ({ remoteAddress }) => html`<code>${remoteAddress ?? ''}</code>` },
    ];
  }

  get csvColumns() {
    const json = (value) => (value === undefined ? '' : JSON.stringify(value));
    return [...this.columns, { heading: t('audit.reason'), csv: ({ reason }) => reason },
      { heading: t('audit.before'), csv: ({ before }) => json(before) }, { heading: t('audit.after'), csv: ({ after }) => json(after) },
      { heading: t('audit.concernedApplication'), csv: ({ concerns }) => concerns?.applicationId },
      { heading: t('audit.concernedSession'), csv: ({ concerns }) => concerns?.sessionId }];
  }

  actor({ actorType, actorId }) {
    if (actorType === 'user') {
      return html`<a href=${href('people', { part: actorId })}>${this.nameOf(actorId)}</a>`;
    }
    return actorType === 'application' ? html`<a href=${href('applications', { part: actorId })}>${actorId}</a>` : t(`actor.${actorType}`);
  }

  /** The person whom a record concerns, and for a session's the application. */
  concerned({ concerns }) {
    const { userId, applicationId } = concerns ?? {};
    return html`${userId ? html`<a href=${href('people', { part: userId })}>${this.nameOf(userId)}</a>` : nothing}
      ${userId && applicationId ? html`<br>` : nothing}
      ${applicationId ? html`<span class="quiet">${applicationId}</span>` : nothing}`;
  }

  entity({ entityType, entityId }) {
    const label = knows(`entity.${entityType}`) ? t(`entity.${entityType}`) : entityType;
    if (entityType === 'user' && entityId === 'unknown') {
      return html`${label}<br><span class="quiet">${t('actor.unknown')}</span>`;
    }
    const to = { user: () => href('people', { part: entityId }), group: () => href('people', { part: `groups/${entityId}` }), application: () => href('applications', { part: entityId }), session: () => href('sessions', { part: entityId }) }[entityType]?.();
    const name = entityType === 'user' ? this.nameOf(entityId) : entityId;
    return html`${label}<br><span class="quiet">${to ? html`<a href=${to}>${name}</a>` : html`<button type="button" class="link" aria-label=${t('audit.only', { entity: `${label} ${entityId}` })} @click=${() => this.filter({ entityType, entityId })}>${name.slice(0, 13)}</button>`}</span>`;
  }

  filter(values) {
    refine({ ...values, page: '' });
  }

  clear = () => this.filter(Object.fromEntries(FILTERS.map((name) => [name, ''])));

  show(page) {
    const filtered = FILTERS.some((name) => this.query[name]);
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${t('screen.audit')}</h1><p class="quiet">${t('audit.total', { count: page.total, number: number(page.total) })}</p></div>
        <div class="tools"><button type="button" class="second" @click=${() => this.reload()}>${t('action.refresh')}</button></div>
      </div>
      ${this.filters(filtered)}
      <data-table caption=${t('screen.audit')} file="audit" .rows=${page.entities} .page=${page} ?loading=${this.loading} .columns=${this.columns} .fileColumns=${this.csvColumns}
        .nameOf=${({ action, dateRecorded }) => `${action}, ${dateTime(dateRecorded)}`} .open=${(row) => this.details(row)}
        .all=${(progress) => everyEntry('audits', this.query, { progress })}
        .none=${empty(t(filtered ? 'audit.noneMatch' : 'audit.none'), '', filtered ? html`<button type="button" class="second" @click=${this.clear}>${t('action.clearFilters')}</button>` : '')}
        @page=${({ detail }) => refine({ page: detail })}></data-table>`;
  }

  filters(filtered) {
    const query = this.query;
    const select = (name, values, label) => html`<div><label for=${`filter-${name}`}>${t(`audit.${name}`)}</label>
      <select id=${`filter-${name}`} @change=${(event) => this.filter({ [name]: event.target.value })}>
        <option value="">${t('filter.any')}</option>
        ${query[name] && !values.includes(query[name]) ? html`<option value=${query[name]} selected>${query[name]}</option>` : nothing}
        ${values.map((value) => html`<option value=${value} .selected=${live(query[name] === value)}>${label(value)}</option>`)}
      </select></div>`;
    const moment = (name) => html`<div><label for=${`filter-${name}`}>${t(`audit.${name}`)}</label>
      <input id=${`filter-${name}`} type="datetime-local" .value=${toField(query[name])} @change=${(event) => this.filter({ [name]: fromField(event.target.value) })}></div>`;
    const words = (name) => html`<div><label for=${`filter-${name}`}>${t(`audit.${name}`)}</label>
      <input id=${`filter-${name}`} type="text" spellcheck="false" .value=${query[name] ?? ''} @change=${(event) => this.filter({ [name]: event.target.value.trim() })}></div>`;
    return html`<div class="filters" role="search" aria-label=${t('audit.filters')}>
      ${select('action', ACTIONS, actionOf)}
      ${select('reason', known('reason'), (reason) => t(`reason.${reason}`))}
      ${select('actorType', ACTORS, (type) => t(`actor.${type}`))}
      <type-ahead label=${t('audit.concerns')} keep .source=${findPeople} .value=${query.concerns ? this.nameOf(query.concerns) : ''}
        @pick=${({ detail }) => { if (detail) { this.names.set(detail.value, detail.label); } this.filter({ concerns: detail?.value ?? '' }); }}></type-ahead>
      <type-ahead label=${t('audit.actorId')} keep .source=${findPeople} .value=${query.actorId ? this.nameOf(query.actorId) : ''}
        @pick=${({ detail }) => { if (detail) { this.names.set(detail.value, detail.label); } this.filter({ actorId: detail?.value ?? '' }); }}></type-ahead>
      <type-ahead label=${t('audit.applicationId')} keep .source=${findApplications} .value=${query.applicationId ?? ''}
        @pick=${({ detail }) => this.filter({ applicationId: detail?.value ?? '' })}></type-ahead>
      ${words('remoteAddress')}
      ${words('entityId')}
      ${moment('from')}
      ${moment('to')}
      ${filtered ? html`<div><button type="button" class="second" @click=${this.clear}>${t('action.clearFilters')}</button></div>` : nothing}
    </div>`;
  }

  details(row) {
    const rows = differences(row.before, row.after);
    return html`
      ${rows.length
        ? html`<data-table caption=${t('audit.changed')} file="change" .rows=${rows} .key=${({ field }) => field}
            .columns=${[
              { name: 'field', heading: t('audit.field'), show: ({ field }) => html`<code>${field}</code>`, csv: ({ field }) => field },
              { name: 'before', heading: t('audit.before'), csv: ({ before }) => before, show: ({ before, differs }) => (differs && before !== undefined ? html`<del>${before}</del>` : before ?? '') },
              { name: 'after', heading: t('audit.after'), csv: ({ after }) => after, show: ({ after, differs }) => (differs && after !== undefined ? html`<ins>${after}</ins>` : after ?? '') },
            ]}></data-table>`
        : html`<p class="quiet">${t('audit.nothingKept')}</p>`}
      <dl class="pairs">
        <dt>${t('audit.id')}</dt><dd><code>${row.id}</code></dd>
        <dt>${t('audit.entityId')}</dt><dd><code>${row.entityType} ${row.entityId}</code></dd>
      </dl>`;
  }
}

const actionOf = (action) => (knows(`did.${action}`) ? t(`did.${action}`) : action);

/** What stands in an object, by the way to it: `options.security.inactivity-timeout`. */
function flat(value, at = '', into = new Map()) {
  if (value && typeof value === 'object' && Object.keys(value).length) {
    Object.entries(value).forEach(([key, within]) => flat(within, Array.isArray(value) ? `${at}[${key}]` : at ? `${at}.${key}` : key, into));
  } else if (value !== undefined && value !== null) {
    into.set(at, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return into;
}

/** The fields that differ; all of them where there was nothing before or is nothing after. */
function differences(before, after) {
  const was = flat(before);
  const is = flat(after);
  const both = before !== undefined && after !== undefined;
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({ field: field || '–', before: was.get(field), after: is.get(field), differs: both }))
    .filter((row) => !both || row.before !== row.after);
}

customElements.define('audit-screen', AuditScreen);
