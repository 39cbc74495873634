// The console: its frame, and the screen that the address names.

import { html, nothing } from 'lit';
import { ConsoleElement } from './element.js';
import { chooseLanguage, languages, readMessages, roughly, t } from './messages.js';
import { href, place } from './router.js';
import { administrator, begin, drafts, lapse } from './session.js';
import { ruleOf, timeoutOf } from './parts/words.js';

const SCREENS = [
  { name: 'overview', module: 'overview' },
  { name: 'sessions', module: 'sessions' },
  { name: 'activity', module: 'activity' },
  { name: 'applications', module: 'applications' },
  { name: 'people', module: 'people' },
  { name: 'audit', module: 'audit' },
  { name: 'settings', module: 'authentication' },
];
const TIMER_EVERY = 5000;

class ConsoleApp extends ConsoleElement {
  static properties = {
    place: { state: true },
    state: { state: true },
    failure: { state: true },
    notice: { state: true },
    work: { state: true },
    menu: { state: true },
    left: { state: true },
  };

  constructor() {
    super();
    this.state = 'starting';
    this.addEventListener('announce', ({ detail }) => this.say(detail));
    this.addEventListener('busy', ({ detail }) => {
      this.work = detail;
    });
    this.addEventListener('drafted', () => this.requestUpdate());
    addEventListener('hashchange', () => this.route());
    addEventListener('beforeunload', (event) => {
      if (Object.keys(drafts).length && lapse?.explain().state === 'active') {
        event.preventDefault();
      }
    });
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      await readMessages();
      await begin();
      this.state = 'ready';
      lapse.addEventListener('deadline', () => this.look());
      setInterval(() => this.look(), TIMER_EVERY);
      this.look();
      await this.route();
    } catch (error) {
      this.state = 'failed';
      this.failure = error;
    }
  }

  look() {
    this.left = lapse.explain().secondsLeft;
  }

  /** How long the administrator's own session may go unused, and by which rule; nothing until the server has said it. */
  ownTimeout() {
    const { rule, timeoutSeconds } = lapse.explain();
    return rule && `${ruleOf(rule)}: ${timeoutOf(timeoutSeconds)}`;
  }

  async route() {
    const next = place();
    const screen = SCREENS.find(({ name }) => name === next.screen);
    if (screen) {
      try {
        await import(`./screens/${screen.module}.js`);
      } catch (error) {
        this.failure = error;
      }
    }
    this.place = { ...next, moved: this.place !== undefined };
    this.menu = false;
    await this.updateComplete;
    document.title = `${screen ? t(`screen.${screen.name}`) : t('screen.unknown')} · ${t('console.title')}`;
  }

  say(notice) {
    clearTimeout(this.silence);
    this.notice = notice;
    if (!notice.bad) {
      this.silence = setTimeout(() => {
        this.notice = undefined;
      }, notice.action ? 15_000 : 6000);
    }
  }

  render() {
    if (this.state === 'starting') {
      return html`<main class="starting" aria-busy="true"><span class="spinner" aria-hidden="true"></span></main>`;
    }
    if (this.state === 'failed') {
      return html`<main class="starting"><div class="failed" role="alert">
        <h1>${t('console.failed')}</h1><p>${this.failure.message}</p>
        <a class="button first" href="/admin/">${t('action.retry')}</a></div></main>`;
    }
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${t('console.skip')}</a>
      <header class="bar">
        <button type="button" class="icon menu" aria-expanded=${this.menu ? 'true' : 'false'} aria-controls="screens"
          aria-label=${t('console.menu')} @click=${() => (this.menu = !this.menu)}><span aria-hidden="true">☰</span></button>
        <a class="brand" href=${href('overview')}>
          <img src="/page/lapse.svg" alt="" width="24" height="24"><span>Lapse</span>
        </a>
        <span class="organization">${administrator.organization.name}</span>
        <span class="own-session" title=${this.ownTimeout() ?? nothing}>
          ${this.left === null || this.left === undefined ? nothing : t('console.left', { time: roughly(this.left) })}
        </span>
        <label class="language"><span class="aside">${t('console.language')}</span>
          <select @change=${this.speak}>${languages().map(({ tag, name, chosen }) => html`<option value=${tag} lang=${tag} .selected=${chosen}>${name}</option>`)}</select>
        </label>
        <span class="who">${administrator.name}</span>
        <button type="button" class="second small" @click=${() => lapse.signOut()}>${t('action.signOut')}</button>
      </header>
      <nav id="screens" class=${this.menu ? 'screens open' : 'screens'} aria-label=${t('console.screens')}>
        <ul>
          ${SCREENS.map(({ name }) => html`<li>
            <a href=${href(name)} aria-current=${this.place?.screen === name ? 'page' : nothing}>
              <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><use href="/admin/glyphs.svg#${name}"></use></svg>
              <span>${t(`screen.${name}`)}${drafts[name] ? html`<span class="unsaved"><span class="aside"> ${t('console.unsaved')}</span></span>` : nothing}</span>
            </a>
          </li>`)}
        </ul>
      </nav>
      <main id="main">
        ${this.work ? html`<div class="busy" role="status"><span class="spinner" aria-hidden="true"></span>${this.work.what}
          ${this.work.total ? html`<progress aria-label=${this.work.what} max=${this.work.total} value=${this.work.done}></progress>` : nothing}</div>` : nothing}
        ${this.screen()}
      </main>
      <div class="notices" aria-live="polite" role="status">
        ${this.notice
          ? html`<div class=${this.notice.bad ? 'toast bad' : 'toast'}>
              <span>${this.notice.message}</span>
              ${this.notice.action ? html`<button type="button" class="second small" @click=${this.act}>${this.notice.action.label}</button>` : nothing}
              <button type="button" class="icon" aria-label=${t('action.dismiss')} @click=${() => (this.notice = undefined)}><span aria-hidden="true">×</span></button>
            </div>`
          : nothing}
      </div>
    `;
  }

  act = () => {
    const { action } = this.notice;
    this.notice = undefined;
    action.run();
  };

  skip = (event) => {
    event.preventDefault();
    this.querySelector('main h1')?.focus();
  };

  speak = async (event) => {
    await chooseLanguage(event.target.value);
    location.reload();
  };

  screen() {
    switch (this.place?.screen) {
      case undefined: return nothing;
      case 'overview': return html`<overview-screen .place=${this.place}></overview-screen>`;
      case 'sessions': return html`<sessions-screen .place=${this.place}></sessions-screen>`;
      case 'activity': return html`<activity-screen .place=${this.place}></activity-screen>`;
      case 'applications': return html`<applications-screen .place=${this.place}></applications-screen>`;
      case 'people': return html`<people-screen .place=${this.place}></people-screen>`;
      case 'audit': return html`<audit-screen .place=${this.place}></audit-screen>`;
      case 'settings': return html`<authentication-screen .place=${this.place}></authentication-screen>`;
      default: return html`<h1 tabindex="-1">${t('screen.unknown')}</h1><p><a href=${href('overview')}>${t('screen.overview')}</a></p>`;
    }
  }
}

customElements.define('console-app', ConsoleApp);
