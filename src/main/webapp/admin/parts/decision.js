// Why a session may go unused for as long as it may: the rules that set a timeout, one below the other, and which decides.

import { html, nothing } from 'lit';
import { duration, t } from '../messages.js';
import { ruleOf } from './words.js';

const ORDER = ['application', 'group', 'organization', 'hipaa'];

/** A decision of the API: each rule with its timeout, the one that decides, and why the others do not. */
export const decisionOf = (decision) => (decision.rule === 'none'
  ? html`<p><strong>${t('timeout.none')}</strong></p><p>${t('decides.none')}</p>`
  : html`<ol class="ladder" aria-label=${t('decision.rules')}>
      ${[decision, ...decision.overruled].sort(byRule).map((rung) => html`<li class=${rung === decision ? 'decides' : nothing}>
        <span>${nameOf(rung)}</span>
        <span class="time">${duration(rung.timeoutSeconds)}</span>
        <span class="why">${rung === decision ? html`<span aria-hidden="true">✔ </span>${t('decision.decides')}` : t(`beaten.${rung.why}`)}</span></li>`)}
    </ol>`);

const byRule = (a, b) => ORDER.indexOf(a.rule) - ORDER.indexOf(b.rule) || a.bundlePriority - b.bundlePriority;

/** What a rule is called: a bundle by its name, an application's by its option. */
export const nameOf = ({ rule, bundlePriority, bundleName, option }) => {
  if (rule === 'group') {
    return bundleName ? t('limit.bundle', { name: bundleName }) : t('limit.group', { priority: bundlePriority });
  }
  return option ? t('limit.application', { option }) : ruleOf(rule);
};
