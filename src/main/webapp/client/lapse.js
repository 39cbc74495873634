// Lapse in the browser. What each method does is said in lapse.d.ts, and why in docs/client.md.

const KINDS = {
  pointerdown: 'pointer', pointerup: 'pointer', pointermove: 'pointer', touchstart: 'pointer', touchmove: 'pointer',
  wheel: 'scroll', scroll: 'scroll', keydown: 'key', focus: 'window', blur: 'window', visibilitychange: 'window',
};
const LOOK_AGAIN = 1000;
const MOMENTUM = 2000;
const LONGEST_RETRY = 60_000;

const now = () => Date.now();
const never = () => new Promise(() => {});
const form = (values) => new URLSearchParams(values);
const json = (method, body) => ({ method, headers: { 'Content-Type': 'application/json' }, body });
const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const quietly = () => {};
const bodyOf = async (response) => {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error_description ?? body.message);
  return body;
};

export class Lapse extends EventTarget {
  #options;
  #server;
  #key;
  #channel;
  #screen;
  #user;
  #state = 'starting';
  #begun = false;
  #mark = { left: Infinity }; // what the server said last, on both of our clocks
  #heard = 0;
  #failures = 0;
  #retryAt = 0;
  #warned = false;
  #pressed = false;
  #byHand = -MOMENTUM;
  #where;
  #timer;
  #kept;
  #holds = new Set();
  #waiting = new Set();
  #documents = new Set();

  constructor(options) {
    super();
    this.#options = { scope: 'openid', redirectUri: location.origin + location.pathname, activityFrom: [], origins: [], ...options };
    this.#server = new URL(options.server ?? import.meta.url).origin;
    this.#key = `lapse ${this.#server} ${options.application}`;
    this.#channel = new BroadcastChannel(this.#key);
  }

  async start() {
    const answer = form(location.search);
    const way = JSON.parse(sessionStorage[this.#key] ?? null);
    if (way && answer.get('state') === way.state) await this.#arrive(answer, way);
    const { token, ended, at } = this.#shared;
    if (!token) return this.signIn(now() - at < LONGEST_RETRY ? ended : null);
    if (this.#options.lock !== false) {
      const { Screen } = await import('./lock.js');
      this.#screen = new Screen(this, this.#options.texts);
    }
    this.#adopt();
    this.#channel.onmessage = this.#adopt;
    for (const type of ['storage', 'focus', 'pageshow', 'online']) addEventListener(type, this.#wake);
    for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, this.#wake);
    addEventListener('message', this.#told);
    addEventListener('pagehide', ({ persisted }) => persisted || this.#holds.forEach((hold) => hold.release()));
    if (this.#shared.locked) await this.#take(await this.#call('relogin/token', { method: 'POST' })); // from /relogin?
    await this.#speak('unlocked');
    const user = await bodyOf(await this.background(`${this.#server}/api/v2/users/me`));
    if (this.#options.state) {
      const kept = await this.background(`${this.#server}/api/v2/tokens/me/state`);
      if (kept.ok) this.#options.state.restore(JSON.parse((this.#kept = await kept.text())));
    }
    this.#begun = true;
    this.#plan();
    return user;
  }

  async signIn(reason, { inWindow } = {}) {
    const popup = inWindow && open('about:blank', '_blank', 'popup,width=480,height=680');
    const view = popup || window;
    const state = random();
    const verifier = random();
    view.sessionStorage[this.#key] = JSON.stringify({ state, verifier, place: location.href, popup: !!popup });
    const { application, redirectUri, scope } = this.#options;
    const { user } = this.#shared;
    view.location.assign(`${this.#server}/oauth/authorize?` + form({
      client_id: application,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      state,
      code_challenge: base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
      code_challenge_method: 'S256',
      ...(reason && { reason, prompt: 'login' }),
      ...(user && { login_hint: user.username }),
    }));
    if (!popup) await never();
  }

  async #arrive(answer, { verifier, place, popup }) {
    delete sessionStorage[this.#key];
    const elsewhere = new URL(place).pathname !== location.pathname;
    if (!elsewhere) history.replaceState(history.state, '', place);
    const { application, redirectUri } = this.#options;
    if (!answer.has('code')) throw new Error(answer.get('error_description') ?? answer.get('error'));
    const { access_token: token, id_token: idToken } = await bodyOf(await fetch(`${this.#server}/oauth/token`, {
      method: 'POST',
      body: form({
        grant_type: 'authorization_code',
        code: answer.get('code'),
        redirect_uri: redirectUri,
        client_id: application,
        code_verifier: verifier,
      }),
    }));
    const { id, name, username } = await bodyOf(await this.#call('users/me', {}, token));
    const before = this.#shared.token;
    this.#write({ token, idToken, user: { id, name, username }, at: now() });
    if (before) this.#call('tokens/me', { method: 'DELETE' }, before).catch(quietly);
    if (popup) {
      await this.#speak();
      close();
    } else if (elsewhere) location.replace(place);
    if (popup || elsewhere) await never();
  }

  async signOut() {
    const { token, idToken } = this.#shared;
    const { application, redirectUri } = this.#options;
    await this.#keep();
    this.#end('signed_out', true);
    await this.#call('tokens/me', { method: 'DELETE', keepalive: true }, token).catch(quietly);
    const fields = Object.assign(document.createElement('form'), { method: 'post', action: `${this.#server}/logout` });
    for (const [name, value] of Object.entries({
      id_token_hint: idToken, client_id: application, post_logout_redirect_uri: redirectUri,
    })) {
      if (value) fields.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
    document.body.append(fields);
    fields.submit();
    await never();
  }

  async fetch(input, init) {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (![this.#server, location.origin, ...this.#options.origins].includes(origin)) {
      throw new TypeError(`The token is not for ${origin}`);
    }
    const reads = /^(GET|HEAD)$/.test(request.method);
    for (;;) {
      while (!this.#isOpen) {
        if (!reads) throw new DOMException('The session is locked', 'InvalidStateError');
        await new Promise((go, refuse) => {
          this.#waiting.add(go);
          request.signal.addEventListener('abort', () => refuse(request.signal.reason));
        });
      }
      const { token } = this.#shared;
      const attempt = request.clone();
      attempt.headers.set('Authorization', `Bearer ${token}`);
      const response = await fetch(attempt);
      if (response.status !== 401) return response;
      if (token === this.#shared.token) await this.#speak();
      if (!reads || (this.#isOpen && token === this.#shared.token)) return response;
    }
  }

  background(input, init) {
    const request = new Request(input, init);
    request.headers.set('X-Background-Request', '1');
    return this.fetch(request);
  }

  #call(path, init, token = this.#shared.token) {
    const headers = { 'X-Background-Request': '1', Authorization: `Bearer ${token}`, ...init.headers };
    return fetch(`${this.#server}/api/v2/${path}`, { ...init, headers });
  }

  hold(reason, { max } = {}) {
    const hold = { reason };
    this.#holds.add(hold);
    const opened = this.#call('tokens/me/holds', json('POST', JSON.stringify({ reason, seconds: max })))
      .then((response) => response.json()).then(({ id }) => id, quietly);
    opened.then((id) => (id ? this.#speak() : this.#holds.delete(hold)));
    return (hold.release = async () => {
      if (!this.#holds.delete(hold)) return;
      const id = await opened;
      if (id) await this.#call(`tokens/me/holds/${id}`, { method: 'DELETE', keepalive: true }).catch(quietly);
      await this.#speak();
    });
  }

  activity() {
    this.#record('elsewhere');
  }

  #watch(view) {
    let content;
    try {
      content = view.document;
    } catch {
      return; // another origin: see frame.js
    }
    for (const known of this.#documents) if (!known.defaultView) this.#documents.delete(known);
    this.#documents.add(content);
    for (const type in KINDS) view.addEventListener(type, this.#see, { capture: true, passive: true });
    content.addEventListener('load', this.#plan, true); // of a frame
    for (const frame of content.querySelectorAll('iframe, frame')) this.#watch(frame.contentWindow);
  }

  #see = (event) => {
    const { type, target, currentTarget, isTrusted, repeat } = event;
    if (!isTrusted || repeat || (/focus|blur/.test(type) && target !== currentTarget)) return;
    const kind = KINDS[type];
    if (kind === 'window') return currentTarget.setTimeout(() => this.#record(kind), LOOK_AGAIN);
    const at = performance.now();
    if (type === 'pointermove') {
      if (!event.buttons) this.#pressed = false;
      const before = this.#where;
      this.#where = `${event.screenX} ${event.screenY}`;
      if (!before || before === this.#where) return;
    } else if (type !== 'scroll') {
      if (/pointer/.test(type)) this.#pressed = type === 'pointerdown' && event.pointerType === 'mouse';
      this.#byHand = at;
    } else if (!this.#pressed && at - this.#byHand > MOMENTUM) return; // the page scrolls itself
    this.#record(kind);
  };

  #told = ({ data, origin }) => {
    if (data?.lapse === 'activity' && this.#options.activityFrom.includes(origin)) this.activity();
  };

  #record(kind) {
    if (!this.#isOpen || this.#left <= 0) return this.#plan();
    if (this.#warned && kind !== 'elsewhere') return;
    this.dispatchEvent(new CustomEvent('activity', { detail: { kind } }));
    const { last = 0, kind: before } = this.#shared;
    if (kind !== before || Math.abs(now() - last) > 500) this.#share({ last: now(), kind });
  }

  get #progress() {
    return [...this.#documents].some((content) => content.visibilityState === 'visible'
      && [...content.querySelectorAll('progress')].some((bar) => bar.position < 1 && bar.checkVisibility()));
  }

  explain() {
    const { timeout = null, rule, reason, onInactivity, last, kind = null, held, sent, at } = this.#shared;
    const left = this.#left;
    const date = (moment) => (moment && moment < Infinity ? new Date(moment) : null);
    return {
      state: this.#state,
      secondsLeft: left < Infinity ? Math.max(0, left / 1000) : null,
      deadline: date(now() + left),
      timeoutSeconds: timeout,
      rule,
      reason,
      onInactivity,
      lastActivity: date(last),
      lastKind: kind,
      lastHeartbeat: date(sent),
      heldBy: [...[...this.#holds].map((hold) => hold.reason), ...(this.#progress ? ['progress'] : [])],
      heldUntil: date(held),
      waiting: this.#waiting.size,
      speaks: this.#heard === at,
    };
  }

  get #isOpen() {
    return this.#state === 'active';
  }

  get #left() {
    const { left, wall, mono } = this.#mark;
    return left - (left < Infinity ? Math.max(now() - wall, performance.now() - mono) : 0);
  }

  #wake = ({ type }) => {
    this.#adopt();
    if (type === 'online') this.#retryAt = 0;
    const { unsure, timeout = 600 } = this.#shared;
    if (document.visibilityState === 'hidden') this.#keep();
    else if (type !== 'storage' && (unsure || now() - this.#heard > timeout * 100)) this.#speak();
  };

  #plan = () => {
    clearTimeout(this.#timer);
    const { sent = 0, last = 0, told = 0, timeout = 600, warning = 60, unsure } = this.#shared;
    if (!this.#isOpen && !unsure) return;
    if (this.#begun) this.#watch(window); // frames come and go
    const left = this.#left;
    if (this.#isOpen && left <= 0) return this.#share({ locked: true, unsure: true });
    const near = left <= warning * 1000;
    const retry = this.#retryAt - performance.now();
    let next = near ? left : left - warning * 1000;
    if (unsure) {
      if (retry <= 0) this.#speak();
      next = retry;
    } else {
      if (near !== this.#warned) this.#warn(near);
      if (last > told || this.#progress) {
        const due = Math.max(retry, sent + timeout * 100 - now());
        if (due <= 0) this.#speak('beat');
        next = Math.min(next, due > 0 ? due : LOOK_AGAIN);
      }
    }
    this.#timer = setTimeout(this.#plan, Math.min(Math.max(next, 20), LOOK_AGAIN));
  };

  async #warn(near) {
    this.#warned = near;
    if (near) {
      await this.#speak(); // calls may have moved the deadline
      if (!this.#warned) return;
      this.#keep();
      const detail = { secondsLeft: this.#left / 1000 };
      if (!this.dispatchEvent(new CustomEvent('warning', { cancelable: true, detail }))) return;
    }
    this.#screen?.warn(near);
  }

  async stay() {
    this.#share({ last: now(), kind: 'pointer' });
    await this.#speak('stay');
  }

  look() {
    return this.#speak();
  }

  async #speak(why) {
    const speak = async () => {
      if (why === 'beat') await new Promise((go) => setTimeout(go)); // until the storage has what others wrote
      const { token, sent = 0, last = 0, told = 0, kind, timeout = 600, locked, unsure } = this.#shared;
      if (!token || (locked && !unsure && why !== 'unlocked')) return;
      const seen = [];
      if (why === 'stay' || (why === 'beat' && Math.abs(now() - sent) >= timeout * 100)) {
        if (last > told) seen.push(kind === 'elsewhere' ? 'pointer' : kind);
        if (this.#progress) seen.push('progress');
        this.#share({ sent: now() });
      } else if (why === 'beat') return; // another tab has spoken
      const activityAgeSeconds = last > told ? Math.min(86_400, Math.max(0, now() - last) / 1000) : undefined;
      const call = json('POST', JSON.stringify({ seen, activityAgeSeconds }));
      if (seen.length) call.headers['X-Background-Request'] = '0'; // this counts
      try {
        const response = await this.#call('tokens/me/activity', { ...call, keepalive: true, signal: AbortSignal.timeout(10_000) }, token);
        const answer = await response.json();
        if (this.#shared.token !== token) return;
        if (response.ok) this.#hear(answer, seen.length ? last : told);
        else if (answer.code === 'insufficient_user_authentication') this.#share({ locked: answer.details[0]?.errorCode ?? true, unsure: false });
        else if (response.status === 401) this.#end(this.#left <= 0 ? 'inactivity' : 'ended');
        else throw response;
      } catch (failure) {
        const wait = failure.headers?.get('Retry-After') * 1000 || Math.min(LONGEST_RETRY, 500 * 2 ** this.#failures++);
        this.#retryAt = performance.now() + wait * (1 + Math.random() / 4);
      }
    };
    await (navigator.locks ? navigator.locks.request(this.#key, speak) : speak());
    this.#plan();
  }

  #hear({ secondsLeft, deadline, timeoutSeconds, warningSeconds, rule, reason, onInactivity, heldUntil }, told) {
    this.#failures = this.#retryAt = 0;
    const at = (this.#heard = now());
    const left = secondsLeft * 1000;
    const held = heldUntil && at + left - Date.parse(deadline) + Date.parse(heldUntil); // on our clock
    this.#share({
      at, told, left, held, timeout: timeoutSeconds, warning: warningSeconds, rule, reason, onInactivity, locked: false, unsure: false,
    });
    this.#keep();
  }

  #end(ended, here) {
    const { user } = this.#shared;
    this.#write({ ended, at: now(), ...(/inactivity|^ended/.test(ended) && { user }) }, here);
  }

  async #keep() {
    if (!this.#options.state || !this.#isOpen || !this.#begun) return;
    const body = JSON.stringify(this.#options.state.save());
    if (body === this.#kept) return;
    const stored = await this.#call('tokens/me/state', { ...json('PUT', body), keepalive: body.length < 5e4 }).catch(quietly);
    if (stored?.ok) this.#kept = body;
  }

  get #shared() {
    return JSON.parse(localStorage[this.#key] ?? '{}');
  }

  #share(change) {
    this.#write({ ...this.#shared, ...change });
  }

  #write(state, here) {
    localStorage[this.#key] = JSON.stringify(state);
    this.#channel.postMessage(0);
    this.#adopt({ here });
  }

  #adopt = ({ here } = {}) => {
    const { token, user, locked, ended, left = Infinity, at } = this.#shared;
    const before = this.#state;
    const state = !token ? 'ended' : locked ? 'locked' : 'active';
    if (token && this.#user && this.#user.id !== user.id) return location.reload();
    this.#user = user ?? this.#user;
    if (at !== this.#mark.at) {
      this.#mark = { at, left: Math.min(left, at + left - now()), wall: now(), mono: performance.now() };
      this.dispatchEvent(new CustomEvent('deadline', { detail: this.explain() }));
    }
    if (state !== before) {
      this.#state = state;
      this.#warned = false;
      if (state === 'active') {
        this.#screen?.clear();
        if (before !== 'starting') this.dispatchEvent(new CustomEvent('unlock'));
        for (const go of this.#waiting) go();
        this.#waiting.clear();
      } else if (state === 'locked') {
        this.#screen?.lock(locked);
        this.dispatchEvent(new CustomEvent('lock'));
      } else this.#close(ended, here);
    }
    this.#plan();
  };

  #close(reason, here) {
    const ours = this.dispatchEvent(new CustomEvent('end', { cancelable: true, detail: { reason } }));
    if (/inactivity|^ended/.test(reason)) {
      if (ours && this.#begun && this.#screen) this.#screen.ended(reason);
      else if (ours) this.signIn(reason);
      return;
    }
    this.#screen?.cover();
    if (!here) this.signIn(reason);
  }

  get user() {
    return this.#user;
  }

  async unlock(password) {
    return this.#unlock('relogin', { username: this.#user.username, password });
  }

  async unlockWithPasskey() {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await this.passkeyOptions());
    const credential = (await navigator.credentials.get({ publicKey })).toJSON();
    if (await this.#unlock('relogin/passkey', { credential })) throw new Error('passkey refused');
  }

  async passkeyOptions() {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return undefined;
    const response = await this.#call('relogin/passkey/options', json('POST', ''));
    return response.ok ? response.json() : undefined;
  }

  async #unlock(path, proof) {
    const response = await this.#call(path, json('POST', JSON.stringify({ ...proof, newToken: true })));
    const { status, headers } = response;
    await this.#take(response);
    if (status === 401) this.#end('ended');
    else if (status < 300 || status === 409) await this.#speak('unlocked');
    else return { status, seconds: Number(headers.get('Retry-After')) };
  }

  async #take(response) {
    if (response.ok) this.#share({ token: (await response.json()).accessToken });
  }

  async close() {
    await this.#call('relogin/cancel', json('POST', '{"confirmed":true}'));
    this.#end('closed');
  }
}
