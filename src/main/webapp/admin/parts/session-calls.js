// What keeps one live session alive: its calls, as the server that answers has seen them.

import { html, nothing } from 'lit';
import { dateTime, duration, number, t } from '../messages.js';
import { resetOf } from './words.js';
import './table.js';

/** @param seen the answer of `GET /api/v2/sessions/{id}/calls` */
export const sessionCalls = ({ watched, datePerson, dateLapsedWithout, entities }) => html`
  <section class="card" aria-labelledby="session-calls">
    <div class="card-head"><div><h2 id="session-calls">${t('alive.session')}</h2>
      <p class="quiet">${watched ? t('alive.personLast', { at: dateTime(datePerson) }) : t('alive.unwatched')}</p></div></div>
    ${dateLapsedWithout ? html`<p class="notice warn">${t('alive.lapsedWithout', { at: dateTime(dateLapsedWithout) })}</p>` : nothing}
    ${entities.length
      ? html`<data-table class="cards" caption=${t('alive.session')} file="session-calls" .rows=${entities} .key=${({ call }) => call} .columns=${[
        { name: 'call', heading: t('alive.call'), csv: ({ call }) => call, show: ({ call }) => html`<span class="call">${resetOf(call)}</span>` },
        { name: 'resets', heading: t('alive.resets'), css: 'number', csv: ({ resets }) => resets, show: ({ resets }) => number(resets) },
        { name: 'last', heading: t('alive.last'), css: 'nowrap', csv: ({ dateLast }) => dateLast, show: ({ dateLast }) => dateTime(dateLast) },
        { name: 'rhythm', heading: t('alive.rhythm'), csv: ({ intervalSeconds }) => intervalSeconds ?? '',
          show: ({ intervalSeconds }) => (intervalSeconds
            ? html`<span class="badge warn">${t('alive.every', { time: duration(Math.max(1, intervalSeconds), 'short') })}</span>`
            : html`<span class="quiet">${t('alive.none')}</span>`) },
      ]}></data-table>`
      : nothing}
  </section>`;
