// Work that takes a while: it is shown with its progress, and holds the administrator's session meanwhile.

import { lapse } from '../session.js';
import { t, number } from '../messages.js';

/** Does the work, which is given a function to say how far it is. */
export async function busy(element, what, work) {
  const release = lapse.hold(what, { max: 15 * 60 });
  const tell = (detail) => element.dispatchEvent(new CustomEvent('busy', { bubbles: true, detail }));
  tell({ what });
  try {
    return await work((done, total) => tell({ what: `${what} ${t('busy.of', { done: number(done), total: number(total) })}`, done, total }));
  } finally {
    tell(undefined);
    release?.();
  }
}
