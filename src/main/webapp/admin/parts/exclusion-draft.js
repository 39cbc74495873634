// Puts calls into the draft of the organization settings, where the administrator looks at them once more and saves them.

import { read } from '../api.js';
import { drafts, may } from '../session.js';
import { choiceOf, differs } from '../screens/timeout-draft.js';

/** Whether this administrator may exclude calls. */
export const mayExclude = () => may('directory:organization:admin');

/** What the organization's settings are now; undefined for an administrator who may not see them. */
export async function readChoice() {
  if (!mayExclude()) {
    return undefined;
  }
  const [timeout, settings] = await Promise.all([read('tokens/timeout'), read('organizations/authentication/settings')]);
  return choiceOf(timeout.body, settings.body);
}

/** The exclusions that wait in the draft and are not saved. */
export const drafted = () => {
  const { before, choice } = drafts.settings ?? {};
  return choice ? choice.exclusions.filter((api) => !before.exclusions.includes(api)) : [];
};

/** Excludes calls in the draft, or takes them out of it. */
function draft(element, choice, change) {
  const { before, choice: mine } = drafts.settings ?? { before: choice, choice };
  const next = { ...mine, exclusions: change(mine.exclusions) };
  if (differs(before, next)) {
    drafts.settings = { before, choice: next };
  } else {
    delete drafts.settings;
  }
  element.dispatchEvent(new CustomEvent('drafted', { bubbles: true }));
}

/** @param choice what {@link readChoice} gave */
export const draftExclusions = (element, choice, apis) => draft(element, choice, (known) => [...new Set([...known, ...apis])]);

export const dropExclusion = (element, choice, api) => draft(element, choice, (known) => known.filter((one) => one !== api));
