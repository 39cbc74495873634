// What all elements of the console have in common: they render into the page itself, where the one style sheet holds and
// labels reach their fields, and they load what they show.

import { LitElement, html } from 'lit';
import { t } from './messages.js';

export class ConsoleElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Tells the administrator that something was done. */
  announce(message, options = {}) {
    this.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail: { message, ...options } }));
  }

  /** Says what went wrong, in the API's words. */
  complain(error) {
    this.announce(error.message, { bad: true });
  }
}

/** A screen, which reads what it shows when it is opened and when its place changes. */
export class Screen extends ConsoleElement {
  static properties = {
    place: { attribute: false },
    data: { state: true },
    failure: { state: true },
    loading: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('place')) {
      const { screen, part } = this.place;
      if (this.shown !== `${screen}/${part}`) {
        this.shown = `${screen}/${part}`;
        this.data = undefined;
        this.arriving = this.place.moved;
      }
      this.reload();
    }
  }

  /** Anybody who has come from another place hears, and continues from, the heading of this one. */
  updated() {
    if (this.arriving && !this.loading) {
      this.arriving = false;
      this.querySelector('h1')?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  /** Reads anew; an answer that is overtaken by a later one is not shown. */
  async reload(options = {}) {
    const reading = (this.reading = Symbol('reading'));
    this.loading = true;
    try {
      const data = await this.read(options);
      if (this.reading === reading) {
        this.data = data;
        this.failure = undefined;
      }
    } catch (error) {
      if (this.reading === reading) {
        this.failure = error;
      }
    } finally {
      if (this.reading === reading) {
        this.loading = false;
      }
    }
  }

  heading() {
    return html`<div class="head"><h1 tabindex="-1">${t(`screen.${this.place.screen}`)}</h1></div>`;
  }

  /** What the screen shows, from the API. */
  async read() {
    return {};
  }

  render() {
    if (this.failure) {
      return html`${this.heading()}${failed(this.failure, () => this.reload())}`;
    }
    return this.data === undefined ? html`${this.heading()}${waiting()}` : this.show(this.data);
  }
}

export const waiting = () => html`<div class="waiting" role="status">
  <span class="spinner" aria-hidden="true"></span>${t('state.loading')}
</div>`;

export const failed = (error, again) => html`<div class="failed" role="alert">
  <h2>${error.status === 403 ? t('state.forbidden') : t('state.failed')}</h2>
  <p>${error.message}</p>
  ${error.contextId ? html`<p class="quiet">${t('state.context', { id: error.contextId })}</p>` : ''}
  <button type="button" class="second" @click=${again}>${t('action.retry')}</button>
</div>`;

export const empty = (title, text, action = '') => html`<div class="empty">
  <p class="empty-title">${title}</p>
  ${text ? html`<p class="quiet">${text}</p>` : ''}
  ${action}
</div>`;
