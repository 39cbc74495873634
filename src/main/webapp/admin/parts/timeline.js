// What became of a person or of a session: where it stands now, and what happened before, the latest first.

import { html, nothing } from 'lit';
import { dateTime, knows, number, t } from '../messages.js';
import { href, refine } from '../router.js';
import { decisionOf, nameOf } from './decision.js';
import { resetOf, stateOf, timeoutOf } from './words.js';

const person = (who) => html`<a href=${href('people', { part: who.id })}>${who.name}</a>`;
const application = (what) => html`<a href=${href('applications', { part: what.id })}>${what.name}</a>`;

/** Where a session stands: last activity, deadline, and why it has the timeout that it has. */
export const statusOf = (session, { linked = false } = {}) => html`
  <dl class="pairs">
    <dt>${t('sessions.state')}</dt><dd>${stateOf(session.state)} ${session.lockReason ? html`<span class="quiet">${t(`timeline.locked.${session.lockReason}`)}</span>` : nothing}</dd>
    <dt>${t('sessions.application')}</dt><dd>${application(session.application)}</dd>
    <dt>${t('sessions.opened')}</dt><dd>${dateTime(session.dateOpened)}</dd>
    ${session.address || session.browser ? html`<dt>${t('timeline.where')}</dt><dd>${[session.browser, session.address].filter(Boolean).join(', ')}</dd>` : nothing}
    <dt>${t('sessions.lastActivity')}</dt><dd>${dateTime(session.dateLastActivity)}<br><span class="quiet call">${resetOf(session.lastResetBy)}</span></dd>
    ${session.dateEnded ? html`<dt>${t('timeline.ended')}</dt><dd>${dateTime(session.dateEnded)}</dd>` : nothing}
    ${session.deadline && session.state === 'active' && session.onInactivity
      ? html`<dt>${t(`sessions.then.${session.onInactivity}`)}</dt><dd>${dateTime(session.deadline)}</dd>` : nothing}
    ${linked ? html`<dt>${t('sessions.id')}</dt><dd><a href=${href('sessions', { part: session.sessionId })}><code>${session.sessionId}</code></a></dd>` : nothing}
  </dl>
  ${session.rule && !linked ? html`<h3>${t('sessions.why')}</h3>${decisionOf(session)}` : nothing}`;

/** A page of what happened; `ofSession` where all of it is of one session. */
export const timelineOf = (page, { ofSession = false } = {}) => (page.total
  ? html`<ol class="timeline" aria-label=${t('timeline.title')}>${page.entities.map((entry) => html`<li>
      <time datetime=${entry.date}>${dateTime(entry.date)}</time>
      <div>
        <strong>${whatHappened(entry)}</strong>
        <p class="quiet">${facts(entry, ofSession)}</p>
        ${entry.session ? proofOf(entry) : nothing}
      </div></li>`)}</ol>${pages(page)}`
  : html`<p class="quiet">${t('timeline.none')}</p>`);

function whatHappened({ action, reason, session }) {
  const key = action === 'session.lock' ? `timeline.lock.${session?.rule ? 'inactivity' : 'forced'}`
    : `timeline.${action}${reason ? `.${reason}` : ''}`;
  if (knows(key)) {
    return t(key);
  }
  const done = knows(`did.${action}`) ? t(`did.${action}`) : action;
  return reason && knows(`reason.${reason}`) ? `${done}: ${t(`reason.${reason}`)}` : done;
}

function facts(entry, ofSession) {
  const { by, application: where, remoteAddress, sessionId } = entry;
  const parts = [
    by.type !== 'policy' && html`<span>${t('timeline.by')} ${by.self ? t('timeline.self') : by.id ? (by.type === 'user' ? person(by) : application(by)) : t(`actor.${by.type}`)}</span>`,
    where && !ofSession && html`<span>${t('timeline.in')} ${application(where)}</span>`,
    remoteAddress && html`<span>${t('timeline.from')} <code>${remoteAddress}</code></span>`,
    sessionId && !ofSession && html`<a href=${href('sessions', { part: sessionId })}>${t('timeline.session')}</a>`,
  ].filter(Boolean);
  return parts.map((part, i) => html`${i ? ' · ' : nothing}${part}`);
}

/** The last activity, and where inactivity did it the deadline and the rule. */
const proofOf = ({ session: { lastActivity, lastResetBy, deadline, rule, timeoutSeconds, bundlePriority, bundleName, option } }) => html`<p>
  ${t('timeline.last', { at: dateTime(lastActivity) })} <span class="call">${resetOf(lastResetBy)}</span>${deadline
    ? html`<br>${rule
      ? t('timeline.deadline', { at: dateTime(deadline), time: timeoutOf(timeoutSeconds), rule: nameOf({ rule, bundlePriority, bundleName, option }) })
      : t('timeline.expiry', { at: dateTime(deadline) })}`
    : nothing}</p>`;

const pages = (page) => (page.pageCount > 1
  ? html`<nav class="pages" aria-label=${t('table.pages', { of: t('timeline.title') })}>
      <button type="button" class="second small" ?disabled=${page.pageNumber === 1} @click=${() => refine({ page: page.pageNumber - 1 })}>${t('table.previous')}</button>
      <span>${t('table.page', { page: number(page.pageNumber), pages: number(page.pageCount) })}</span>
      <button type="button" class="second small" ?disabled=${page.pageNumber >= page.pageCount} @click=${() => refine({ page: page.pageNumber + 1 })}>${t('table.next')}</button>
    </nav>`
  : nothing);

/** Copies the address of this place, for a colleague. */
export const copyLink = (screen) => html`<button type="button" class="second" @click=${async () => {
  await navigator.clipboard.writeText(location.href);
  screen.announce(t('action.copied'));
}}>${t('timeline.copy')}</button>`;
