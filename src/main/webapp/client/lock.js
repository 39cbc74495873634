// What Lapse shows over a page: the warning, the locked screen, and the way back. Loaded by lapse.js.

const ENGLISH = {
  warning: 'Are you still there?',
  warningText: 'Nothing has been done for a while. This session is about to end, and you would have to sign in again.',
  warningLockText: 'Nothing has been done for a while. This session is about to be locked until you give your password.',
  left: (seconds) => (seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes left`
    : seconds === 60 ? '1 minute left' : `${seconds} seconds left`),
  stay: 'Stay signed in',
  signOut: 'Sign out now',
  final: 'This session cannot be made longer. Save your work: you will have to sign in again.',
  locked: 'This session is locked',
  lockedText: 'Nothing was done for a while. Give your password to go on where you were.',
  lockedByAdministratorText: 'An administrator has locked it. Give your password to go on where you were.',
  username: 'User name',
  password: 'Password',
  passkey: 'Use your passkey',
  passkeyFailed: 'The passkey was not used. Try again, or give your password.',
  ok: 'OK',
  cancel: 'Cancel',
  wrong: 'The password is not right.',
  anotherUser: 'Only the original user can go on with this session.',
  wait: (seconds) => `There were too many wrong passwords. Try again in ${seconds} s.`,
  offline: 'There is no connection. Try again in a moment.',
  closeQuestion: 'Close this session?',
  closeText: 'This cannot be undone: what has not been saved is lost.',
  close: 'Close the session',
  back: 'Back',
  inactivity: 'Your session has ended because there was no activity',
  ended: 'Your session has ended',
  endedText: 'Sign in to go on where you were. Nothing on this page is lost.',
  signIn: 'Sign in',
  leaving: 'One moment, please',
};

const STYLE = `
  html[data-lapse-locked] body,
  html[data-lapse-locked] body > :not(#lapse-lock),
  html[data-lapse-locked] body > :not(#lapse-lock) *,
  html[data-lapse-locked] body > :not(#lapse-lock) *::backdrop { visibility: hidden !important; }
  #lapse-lock, #lapse-warning {
    --ground: var(--lapse-ground, light-dark(#e8eeee, #0d1718));
    --card: var(--lapse-card, light-dark(#fff, #162224));
    --edge: var(--lapse-edge, light-dark(#d5dede, #2a3a3c));
    --text: var(--lapse-text, light-dark(#17282a, #e6efef));
    --quiet: var(--lapse-quiet, light-dark(#4c6062, #a9bcbd));
    --accent: var(--lapse-accent, light-dark(#0f5c63, #7fd1cb));
    --on-accent: var(--lapse-on-accent, light-dark(#fff, #07282b));
    --bad: var(--lapse-bad, light-dark(#b3261e, #ff9d94));
    visibility: visible !important;
    box-sizing: border-box;
    margin: auto;
    padding: 2rem;
    border: 1px solid var(--edge);
    border-radius: 1rem;
    background: var(--card);
    color: var(--text);
    font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    text-align: start;
    box-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 12px 32px rgb(0 0 0 / 16%);
  }
  #lapse-warning { width: min(27rem, calc(100vw - 2rem)); }
  #lapse-warning::backdrop { background: rgb(0 0 0 / 45%); }
  #lapse-lock {
    inset: 0; width: 100vw; max-width: none; height: 100dvh; max-height: none; margin: 0; padding: 1rem;
    border: 0; border-radius: 0; overflow: auto; overscroll-behavior: contain; background: var(--ground);
  }
  #lapse-lock[open] { display: grid; place-items: center; }
  #lapse-lock::backdrop { visibility: visible !important; background: var(--lapse-ground, light-dark(#e8eeee, #0d1718)); }
  #lapse-lock form {
    box-sizing: border-box; width: 100%; max-width: 25rem; padding: 2rem; border: 1px solid var(--edge);
    border-radius: 1rem; background: var(--card); box-shadow: 0 12px 32px rgb(0 0 0 / 10%);
  }
  :is(#lapse-lock, #lapse-warning) :is(h1, p, label, input, button) {
    all: revert; box-sizing: border-box; font: inherit; color: inherit; overflow-wrap: anywhere;
  }
  :is(#lapse-lock, #lapse-warning) h1 { margin: 0 0 1rem; font-size: 1.5rem; font-weight: 650; line-height: 1.25; }
  :is(#lapse-lock, #lapse-warning) p { margin: 0 0 1rem; }
  :is(#lapse-lock, #lapse-warning) label { display: block; margin-bottom: .375rem; font-weight: 550; }
  #lapse-lock input {
    display: block; width: 100%; min-height: 2.75rem; margin-bottom: 1rem; padding: .5rem .75rem;
    border: 1px solid var(--quiet); border-radius: .5rem; background: transparent;
  }
  #lapse-lock input[readonly] { border-style: dashed; color: var(--quiet); }
  :is(#lapse-lock, #lapse-warning) button {
    display: block; width: 100%; min-height: 2.75rem; margin-top: .75rem; padding: .5rem 1rem; border: 1px solid var(--accent);
    border-radius: .5rem; background: transparent; color: var(--accent); font-weight: 600; cursor: pointer;
  }
  #lapse-lock button[hidden] { display: none; }
  :is(#lapse-lock, #lapse-warning) button.lapse-first { background: var(--accent); color: var(--on-accent); }
  :is(#lapse-lock, #lapse-warning) :is(input, button):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  #lapse-lock .lapse-refusal { min-height: 1.5em; margin: 0; color: var(--bad); font-weight: 550; }
  #lapse-warning .lapse-count { font-size: 2.25rem; font-weight: 650; font-variant-numeric: tabular-nums; margin: 0 0 .5rem; }
  #lapse-warning .lapse-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

const SAID_AT = [60, 30, 10];
const OTHERS = 'dialog[open], [popover]';

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const isOnTop = (element) => element.matches(':modal, :popover-open');

export class Screen {
  #lapse;
  #texts;
  #style = new CSSStyleSheet();
  #warning;
  #lock;
  #observer = new MutationObserver(() => this.#guard());
  #timers = [];
  #inert = new Set();
  #above = new Set();
  #before;
  #title;
  #ownTitle;

  constructor(lapse, texts) {
    this.#lapse = lapse;
    const { warningText = ENGLISH.warningLockText, lockedText = ENGLISH.lockedByAdministratorText } = texts ?? {};
    this.#texts = { ...ENGLISH, warningLockText: warningText, lockedByAdministratorText: lockedText, ...texts };
    this.#style.replaceSync(STYLE);
    this.#dress();
  }

  #dress() {
    const sheets = document.adoptedStyleSheets;
    if (!sheets.includes(this.#style)) document.adoptedStyleSheets = [...sheets, this.#style];
  }

  // --- the warning

  warn(near) {
    if (!near || this.#lock) return this.#unwarn();
    if (this.#warning) return;
    const texts = this.#texts;
    const count = make('p', { className: 'lapse-count', ariaHidden: 'true' });
    const said = make('p', { className: 'lapse-said', role: 'status' });
    const text = make('p', { id: 'lapse-warning-text', textContent: this.#lapse.explain().onInactivity === 'lock' ? texts.warningLockText : texts.warningText });
    const stay = make('button', { type: 'button', className: 'lapse-first', textContent: texts.stay });
    const out = make('button', { type: 'button', textContent: texts.signOut });
    const dialog = make('dialog', { id: 'lapse-warning', role: 'alertdialog' },
      make('h1', { id: 'lapse-warning-title', textContent: texts.warning }), text, count, said, stay, out);
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'lapse-warning-title');
    dialog.setAttribute('aria-describedby', 'lapse-warning-text');
    const stayHere = async () => {
      await this.#lapse.stay();
      if (this.#warning === dialog && this.#lapse.explain().secondsLeft > 0) text.textContent = texts.final;
    };
    stay.onclick = stayHere;
    out.onclick = () => this.#lapse.signOut();
    dialog.oncancel = (event) => {
      event.preventDefault();
      stayHere();
    };
    dialog.onclose = () => this.#warning === dialog && dialog.showModal();
    let before = Infinity;
    const tick = () => {
      const seconds = Math.ceil(this.#lapse.explain().secondsLeft);
      count.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      // a screen reader hears whole minutes and the last calls, not each second
      const passed = [...SAID_AT, Math.ceil(seconds / 60) * 60].filter((mark) => seconds <= mark && mark < before);
      if (passed.length) said.textContent = texts.left(seconds);
      before = seconds;
    };
    this.#warning = dialog;
    document.body.append(dialog);
    tick();
    this.#timers.push(setInterval(tick, 500));
    dialog.showModal();
  }

  #unwarn() {
    const dialog = this.#warning;
    this.#warning = undefined;
    this.#timers.splice(0).forEach(clearInterval);
    dialog?.close();
    dialog?.remove();
  }

  // --- the locked screen

  /** Asks for the password of the user whose session it is. */
  lock(why) {
    const texts = this.#texts;
    const username = make('input', { id: 'lapse-username', name: 'username', type: 'text', autocomplete: 'username',
      readOnly: true, value: this.#lapse.user?.username ?? '' });
    const password = make('input', { id: 'lapse-password', name: 'password', type: 'password',
      autocomplete: 'current-password', required: true, autofocus: true });
    const refusal = make('p', { className: 'lapse-refusal', role: 'alert' });
    const ok = make('button', { type: 'submit', className: 'lapse-first', textContent: texts.ok });
    const cancel = make('button', { type: 'button', textContent: texts.cancel });
    const form = make('form', { method: 'post' }, this.#head(texts.locked), make('p', { textContent: why === 'locked.forced' ? texts.lockedByAdministratorText : texts.lockedText }),
      make('label', { htmlFor: 'lapse-username', textContent: texts.username }), username,
      make('label', { htmlFor: 'lapse-password', textContent: texts.password }), password, refusal, ok, cancel);
    form.onsubmit = async (event) => {
      event.preventDefault();
      ok.disabled = true;
      refusal.textContent = '';
      const said = await this.#lapse.unlock(password.value)
        .then((answer) => answer && this.#refusal(answer), () => texts.offline);
      ok.disabled = false;
      if (said) {
        refusal.textContent = said;
        password.select();
        password.focus();
      }
    };
    cancel.onclick = () => this.#askToClose(form);
    const passkey = make('button', { type: 'button', textContent: texts.passkey, hidden: true });
    passkey.onclick = async () => {
      passkey.disabled = true;
      refusal.textContent = '';
      await this.#lapse.unlockWithPasskey().catch(() => {
        refusal.textContent = texts.passkeyFailed;
      });
      passkey.disabled = false;
    };
    cancel.before(passkey);
    this.#lapse.passkeyOptions().then((options) => {
      passkey.hidden = !options;
    }, () => {});
    this.#cover(form);
  }

  #refusal({ status, seconds }) {
    if (status === 403) return this.#texts.anotherUser;
    if (status === 429) return this.#texts.wait(seconds || 1);
    return status < 500 ? this.#texts.wrong : this.#texts.offline;
  }

  #askToClose(before) {
    const texts = this.#texts;
    const back = make('button', { type: 'button', textContent: texts.back, autofocus: true });
    const close = make('button', { type: 'submit', className: 'lapse-first', textContent: texts.close });
    const form = make('form', {}, this.#head(texts.closeQuestion), make('p', { textContent: texts.closeText }), close, back);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#lapse.close().catch(() => this.#show(before));
    };
    back.onclick = () => this.#show(before);
    this.#show(form);
  }

  /** Says why the session is over; the page stays as it is until somebody has signed in. */
  ended(reason) {
    const texts = this.#texts;
    const signIn = make('button', { type: 'submit', className: 'lapse-first', textContent: texts.signIn, autofocus: true });
    const form = make('form', {}, this.#head(texts[reason] ?? texts.ended), make('p', { textContent: texts.endedText }), signIn);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#lapse.signIn(reason, { inWindow: true });
    };
    this.#cover(form);
  }

  /** Hides the page and says nothing: somebody is led away from it. */
  cover() {
    this.#cover(make('form', {}, this.#head(this.#texts.leaving)));
  }

  #head(text) {
    return make('h1', { id: 'lapse-lock-title', textContent: text });
  }

  #show(form) {
    this.#lock.replaceChildren(form);
    form.querySelector('[autofocus]')?.focus();
    this.#guard();
  }

  #cover(form) {
    this.#unwarn();
    if (this.#lock) this.#show(form);
    else this.#hidePage(form);
  }

  #hidePage(form) {
    const selection = getSelection();
    const focused = document.activeElement;
    this.#before = {
      focused,
      marked: typeof focused?.selectionStart === 'number'
        && [focused.selectionStart, focused.selectionEnd, focused.selectionDirection],
      ranges: Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index)),
      scroll: [scrollX, scrollY],
    };
    document.exitPointerLock?.();
    if (document.fullscreenElement) document.exitFullscreen();
    const lock = make('dialog', { id: 'lapse-lock' }, form);
    this.#lock = lock;
    lock.setAttribute('closedby', 'none');
    lock.setAttribute('aria-labelledby', 'lapse-lock-title');
    lock.oncancel = (event) => event.preventDefault();
    lock.onclose = () => this.#guard();
    // what is typed here is not for the shortcuts of the page
    for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste', 'copy', 'cut']) {
      lock.addEventListener(type, (event) => event.stopPropagation());
    }
    addEventListener('keydown', this.#escape, true);
    document.documentElement.dataset.lapseLocked = '';
    this.#guard();
    this.#observer.observe(document.documentElement,
      { subtree: true, childList: true, attributes: true, attributeFilter: ['open', 'popover', 'inert', 'data-lapse-locked'] });
    this.#timers.push(setInterval(() => this.#guard(), 500));
  }

  #escape = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  /** Whatever the page does meanwhile: the lock is there, on top, and nothing else can be reached. */
  #guard() {
    const lock = this.#lock;
    if (!lock) return;
    this.#dress();
    if (document.title !== this.#ownTitle) this.#title = document.title; // the page's, and what it becomes meanwhile
    this.#ownTitle = lock.querySelector('h1').textContent;
    if (document.title !== this.#ownTitle) document.title = this.#ownTitle;
    if (!('lapseLocked' in document.documentElement.dataset)) document.documentElement.dataset.lapseLocked = '';
    if (lock.parentNode !== document.body) document.body.append(lock);
    for (const other of document.body.children) {
      if (other !== lock && !other.inert) {
        other.inert = true;
        this.#inert.add(other);
      }
    }
    lock.inert = false;
    const others = [...document.querySelectorAll(OTHERS)].filter((other) => other !== lock && isOnTop(other));
    const covered = lock.open && others.every((other) => this.#above.has(other));
    this.#above = new Set(others);
    if (!covered || !lock.contains(document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? lock)) this.#raise(lock);
    if (!lock.contains(document.activeElement)) lock.querySelector('[autofocus]')?.focus();
  }

  #raise(lock) {
    const focused = lock.contains(document.activeElement) ? document.activeElement : null;
    if (lock.open) lock.close();
    lock.showModal();
    focused?.focus();
  }

  /** Shows the page again, as it was. */
  clear() {
    this.#unwarn();
    const lock = this.#lock;
    if (!lock) return;
    this.#lock = undefined;
    this.#observer.disconnect();
    removeEventListener('keydown', this.#escape, true);
    delete document.documentElement.dataset.lapseLocked;
    for (const other of this.#inert) other.inert = false;
    this.#inert.clear();
    this.#above.clear();
    lock.close();
    lock.remove();
    document.title = this.#title;
    this.#ownTitle = undefined;
    const { focused, marked, ranges, scroll } = this.#before;
    if (ranges.length) {
      getSelection().removeAllRanges();
      for (const range of ranges) getSelection().addRange(range);
    }
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    if (marked) focused.setSelectionRange(...marked);
    scrollTo(...scroll);
  }
}
