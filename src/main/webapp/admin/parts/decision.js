// Why a session may go unused for as long as it may: the rule that decides, and those that it beats, in the administrator's
// language. The API names the rules, and why one is beaten; the sentences are the console's.

import { html } from 'lit';
import { duration, t } from '../messages.js';
import { ruleOf, timeoutOf } from './words.js';

/** A decision of the API: the timeout, the rule, why, and what it beat. */
export const decisionOf = (decision) => html`
  <dl class="pairs">
    <dt>${t('decision.timeout')}</dt><dd><strong>${timeoutOf(decision.timeoutSeconds)}</strong></dd>
    <dt>${t('decision.rule')}</dt><dd>${ruleOf(decision.rule)}</dd>
    <dt>${t('decision.why')}</dt><dd>${whyItDecides(decision)}</dd>
    <dt>${t('decision.beaten')}</dt>
    <dd>${decision.overruled.length
      ? html`<ul class="plain-list">${decision.overruled.map((rule) => html`<li>${whyItIsBeaten(rule, decision)}</li>`)}</ul>`
      : t('decision.none')}</dd>
  </dl>`;

function whyItDecides(decision) {
  if (decision.rule === 'none') {
    return t('decides.none');
  }
  const rival = rivalOf(decision);
  if (!rival) {
    return sentence(decision.rule === 'hipaa' ? 'decides.unlessHipaa' : 'decides.alone', { it: limitOf(decision) });
  }
  return sentence(`decides.${rival.why}`, { it: limitOf(decision), beaten: limitOf(rival) });
}

/** The rule that came next to deciding: the shortest of those that are compared, or else the best that is overridden. */
function rivalOf({ overruled }) {
  const compared = overruled.filter(({ why }) => why !== 'overridden');
  return compared.sort((a, b) => a.timeoutSeconds - b.timeoutSeconds)[0] ?? overruled[0];
}

function whyItIsBeaten(rule, decision) {
  const by = rule.why === 'overridden' ? speakerOf(decision) : decision;
  return sentence(`beaten.${rule.why}`, { it: limitOf(rule), by: limitOf(by) });
}

/** The rule that overrides all others of the organization. */
const speakerOf = (decision) => [decision, ...decision.overruled].find(({ rule }) => rule === 'group' || rule === 'organization');

/** A rule and its timeout, in the middle of a sentence: "the organization-wide timeout of 30 minutes". */
const limitOf = ({ rule, timeoutSeconds, bundlePriority, option }) =>
  t(`limit.${rule}`, { time: duration(timeoutSeconds), priority: bundlePriority, option });

function sentence(key, limits) {
  const words = t(key, limits);
  return words[0].toLocaleUpperCase() + words.slice(1);
}
