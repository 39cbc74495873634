// The administrator's own session, which obeys the rules like any other. The console of another organization than the first
// is another application: /admin/?application=its-id says which, once for each browser tab.

import { Lapse } from '/client/lapse.js';
import { duration, knows, t } from './messages.js';

const KEPT = 'lapse-console.application';

/** @type {Lapse} from the moment at which the session is begun */
export let lapse;

/** Who is signed in, with what they may do: `{id, name, username, organization, authorization}`. */
export let administrator;

/** What was changed and not yet saved, by screen. It outlives a change of screen, and a lapse of the session. */
export const drafts = {};

function application() {
  const asked = new URLSearchParams(location.search).get('application');
  if (asked) {
    sessionStorage.setItem(KEPT, asked);
    history.replaceState(history.state, '', location.pathname + location.hash);
  }
  return sessionStorage.getItem(KEPT) ?? 'lapse-console';
}

/** What the client says over the page, where the console's language is not the client's own. */
const WORDS = ['warning', 'warningText', 'warningLockText', 'stay', 'signOut', 'final', 'locked', 'lockedText', 'lockedByAdministratorText', 'username', 'password', 'passkey', 'passkeyFailed', 'ok',
  'cancel', 'wrong', 'anotherUser', 'offline', 'closeQuestion', 'closeText', 'close', 'back', 'inactivity', 'ended',
  'endedText', 'signIn', 'leaving'];

/** Signs in, if need be by way of the sign-in page. */
export async function begin() {
  lapse = new Lapse({
    application: application(),
    redirectUri: `${location.origin}/admin/`,
    scope: 'openid all',
    state: { save: () => ({ drafts }), restore: (kept) => Object.assign(drafts, kept?.drafts) },
    texts: {
      ...Object.fromEntries(WORDS.filter((word) => knows(`lock.${word}`)).map((word) => [word, t(`lock.${word}`)])),
      ...(knows('lock.left') && {
        left: (seconds) => t('lock.left', { time: duration(seconds) }),
        wait: (seconds) => t('lock.wait', { time: duration(seconds) }),
      }),
    },
  });
  await lapse.start();
  const response = await lapse.background('/api/v2/users/me?expand=authorization&expand=organization');
  administrator = await response.json();
}

/** Whether the administrator has a permission. */
export const may = (permission) => administrator.authorization.permissions.includes(permission);
