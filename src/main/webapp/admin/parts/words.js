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

export const people = (count) => t('people.count', { count, number: number(count) });
