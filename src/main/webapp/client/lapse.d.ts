/** Who is signed in, as `GET /api/v2/users/me` answers. */
export interface User {
  id: string;
  name: string;
  username: string;
  [field: string]: unknown;
}

export interface LapseOptions {
  /** The id of the application, which is its OAuth `client_id`. */
  application: string;
  /** Where the sign-in comes back to, as it is registered; by default this page. */
  redirectUri?: string;
  /** `openid` by default. */
  scope?: string;
  /** Where Lapse is; by default where this module came from. */
  server?: string;
  /** Other origins that may be given the token by {@link Lapse.fetch}; Lapse's and the page's own always may. */
  origins?: string[];
  /** Origins of frames and of the embedding page whose messages `{ lapse: 'activity' }` count as activity. */
  activityFrom?: string[];
  /** What the page needs to look the same again after a new sign-in; kept by the server, up to 64 KiB of JSON. */
  state?: { save(): unknown; restore(kept: any): void };
  /** `false` for a page that shows warning and lock itself. */
  lock?: boolean;
  /** Other words for the warning and the locked screen; what is left out stays English. */
  texts?: Partial<LapseTexts>;
}

export interface LapseTexts {
  warning: string;
  /** Before the session ends. */
  warningText: string;
  /** Before it locks; where it is left out, a warningText of yours. */
  warningLockText: string;
  left(seconds: number): string;
  stay: string;
  signOut: string;
  final: string;
  locked: string;
  lockedText: string;
  /** After an administrator locked it; where it is left out, a lockedText of yours. */
  lockedByAdministratorText: string;
  username: string;
  password: string;
  ok: string;
  cancel: string;
  wrong: string;
  passkey: string;
  passkeyFailed: string;
  anotherUser: string;
  wait(seconds: number): string;
  offline: string;
  closeQuestion: string;
  closeText: string;
  close: string;
  back: string;
  inactivity: string;
  ended: string;
  endedText: string;
  signIn: string;
  leaving: string;
}

export type ActivityKind = 'pointer' | 'key' | 'scroll' | 'window' | 'elsewhere';

export type EndReason = 'inactivity' | 'ended' | 'signed_out' | 'closed';

/** What the timer sees. */
export interface Explanation {
  state: 'starting' | 'active' | 'locked' | 'ended';
  /** Null where no end is known. */
  secondsLeft: number | null;
  deadline: Date | null;
  timeoutSeconds: number | null;
  /** Which rule decided: `group`, `organization`, `application`, `hipaa` or `none`. */
  rule?: string;
  /** Why, in one sentence for an administrator. */
  reason?: string;
  /** What happens at the deadline. */
  onInactivity?: 'revoke' | 'lock';
  lastActivity: Date | null;
  lastKind: ActivityKind | null;
  lastHeartbeat: Date | null;
  /** The reasons of this tab's holds, and `progress` while an unfinished progress element is shown. */
  heldBy: string[];
  heldUntil: Date | null;
  /** How many calls wait for the session to be unlocked. */
  waiting: number;
  /** Whether this tab was the last one to speak with the server. */
  speaks: boolean;
}

export interface LapseEvents {
  activity: CustomEvent<{ kind: ActivityKind }>;
  deadline: CustomEvent<Explanation>;
  /** Not shown where the page prevents the default. */
  warning: CustomEvent<{ secondsLeft: number }>;
  lock: CustomEvent<null>;
  unlock: CustomEvent<null>;
  /** Where the page prevents the default of an end by inactivity or an administrator, it has to call `signIn` itself. */
  end: CustomEvent<{ reason: EndReason }>;
}

export class Lapse extends EventTarget {
  constructor(options: LapseOptions);

  /**
   * Signs in, if need be by way of the sign-in page, and begins to watch.
   *
   * @throws Error if the sign-in was not completed
   */
  start(): Promise<User>;

  /** Whose session it is; undefined before the start. */
  readonly user: Pick<User, 'id' | 'name' | 'username'> | undefined;

  /**
   * As the browser's `fetch`, with the token. While the session is locked GET and HEAD wait and are sent after it has been
   * unlocked, or somebody has signed in again; whatever else is refused with an `InvalidStateError`.
   *
   * @throws TypeError for an origin that the token is not for
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;

  /** The same for what nobody asked for, such as polling: it is no activity. */
  background(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;

  /**
   * Open work, such as a call or a long-running progress: the session does not become inactive until the answered function
   * is called, or the page is left.
   *
   * @param options.max seconds after which the hold is over in any case; at most, and by default, what the server permits
   */
  hold(reason: string, options?: { max?: number }): () => Promise<void>;

  /** What the timer sees. */
  explain(): Explanation;

  /** Activity that the page heard of elsewhere. */
  activity(): void;

  /** Asks the server how much time is left, which is no activity. */
  look(): Promise<void>;

  /** Says that somebody is here, as the warning's button does. */
  stay(): Promise<void>;

  /** Leads to the sign-in page and back to this very place; `inWindow` shows it in a window instead if one can be opened. */
  signIn(reason?: 'inactivity' | 'signed_out' | 'closed' | 'ended' | null, options?: { inWindow?: boolean }): Promise<void>;

  /** Ends the session and the sign-in of this browser, in all tabs, and shows the sign-in page. */
  signOut(): Promise<never>;

  /** Answers nothing when the session goes on or is over, otherwise why not: 400, 403 or 429 with the seconds to wait. */
  unlock(password: string): Promise<{ status: number; seconds: number } | undefined>;

  /** What a passkey would have to sign to unlock the session; nothing where the browser or the user has none. */
  passkeyOptions(): Promise<object | undefined>;

  /** Unlocks the session with a passkey of its user; fails where the user declines or the passkey is refused. */
  unlockWithPasskey(): Promise<void>;

  /** Closes a locked session for good, as anybody may who stands before it. */
  close(): Promise<void>;

  addEventListener<K extends keyof LapseEvents>(
    type: K, listener: (event: LapseEvents[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}
