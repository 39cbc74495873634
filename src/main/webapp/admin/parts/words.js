// The console's words for what the API names.

import { html } from 'lit';
import { duration, knows, number, t } from '../messages.js';

/** How long one may be inactive, or that there is no limit. */
export const timeoutOf = (seconds) => (seconds === undefined || seconds === null ? t('timeout.none') : duration(seconds));

export const ruleOf = (rule) => t(`rule.${rule}`);

/** What reset a timer: a call, a sign-in, a heartbeat, or nothing that is known. */
export const resetOf = (reset) => {
  if (!reset) {
    return t('reset.unknown');
  }
  return knows(`reset.${reset}`) ? t(`reset.${reset}`) : reset;
};

const TONES = { active: 'good', held: 'good', locked: 'warn', inactive: 'bad', disabled: 'bad', deleted: 'bad' };

export const stateOf = (state) => html`<span class="badge ${TONES[state] ?? ''}">${t(`state.${state}`)}</span>`;

/** A decision: the timeout, the rule, and what it beat. */
export const decisionOf = (decision) => html`
  <dl class="pairs">
    <dt>${t('decision.timeout')}</dt><dd><strong>${timeoutOf(decision.timeoutSeconds)}</strong></dd>
    <dt>${t('decision.rule')}</dt><dd>${ruleOf(decision.rule)}</dd>
    <dt>${t('decision.why')}</dt><dd lang="en">${decision.reason}</dd>
    <dt>${t('decision.beaten')}</dt>
    <dd>${decision.overruled.length
      ? html`<ul class="plain-list">${decision.overruled.map((beaten) => html`<li>${ruleOf(beaten.rule)}, ${timeoutOf(beaten.timeoutSeconds)}: <span lang="en">${beaten.reason}</span></li>`)}</ul>`
      : t('decision.none')}</dd>
  </dl>`;

export const people = (count) => t('people.count', { count, number: number(count) });
