// A field that offers what matches while one types: the combobox of the ARIA Authoring Practices.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ConsoleElement } from '../element.js';
import { t } from '../messages.js';

const PAUSE = 180;
let known = 0;

/**
 * Fires `pick` with an option that was chosen, `typed` with a text that was entered and chosen from no list, and `pasted`
 * with the entries of a list that was pasted: one on each line, or with commas between them.
 */
export class TypeAhead extends ConsoleElement {
  static properties = {
    label: {},
    hideLabel: { type: Boolean },
    hint: {},
    placeholder: {},
    source: { attribute: false },
    free: { type: Boolean },
    keep: { type: Boolean },
    value: {},
    disabled: { type: Boolean },
    options: { state: true },
    active: { state: true },
    text: { state: true },
    searched: { state: true },
  };

  constructor() {
    super();
    this.name = `type-ahead-${++known}`;
    this.text = '';
    this.active = -1;
  }

  willUpdate(changed) {
    if (changed.has('value') && this.value !== undefined) {
      this.text = this.value;
    }
  }

  render() {
    const open = this.options !== undefined;
    return html`<div class="typeahead">
      <label for=${this.name} class=${this.hideLabel ? 'aside' : nothing}>${this.label}</label>
      <input id=${this.name} type="text" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list"
        aria-expanded=${open ? 'true' : 'false'} aria-controls=${`${this.name}-list`}
        aria-describedby=${this.hint ? `${this.name}-hint` : nothing}
        aria-activedescendant=${this.active >= 0 ? `${this.name}-${this.active}` : nothing}
        placeholder=${this.placeholder ?? nothing} ?disabled=${this.disabled} .value=${live(this.text)}
        @input=${this.type} @keydown=${this.press} @blur=${this.leave} @paste=${this.paste} @focus=${this.search} />
      ${this.hint ? html`<p id=${`${this.name}-hint`} class="quiet">${this.hint}</p>` : nothing}
      <ul id=${`${this.name}-list`} role="listbox" aria-label=${this.label} ?hidden=${!open || !this.options.length}>
        ${(this.options ?? []).map((option, i) => html`<li id=${`${this.name}-${i}`} role="option" aria-selected=${i === this.active ? 'true' : 'false'}
          @pointerdown=${(event) => event.preventDefault()} @click=${() => this.pick(option)}>
          ${option.label}${option.hint ? html` <span class="quiet">${option.hint}</span>` : nothing}
        </li>`)}
      </ul>
      <span class="aside" role="status">${open && this.searched ? t('typeahead.found', { count: this.options.length }) : ''}</span>
    </div>`;
  }

  type = (event) => {
    this.text = event.target.value;
    clearTimeout(this.pause);
    this.pause = setTimeout(this.search, PAUSE);
  };

  search = async () => {
    const text = this.text;
    if (!text.trim() && this.free) {
      this.options = undefined;
      return;
    }
    try {
      const options = await this.source(text.trim());
      if (text === this.text && this.contains(document.activeElement)) {
        this.options = options;
        this.searched = text.trim() !== '';
        this.active = -1;
      }
    } catch (error) {
      this.complain(error);
    }
  };

  press = (event) => {
    const number = this.options?.length ?? 0;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (number) {
          this.active = (this.active + (event.key === 'ArrowDown' ? 1 : this.active < 0 ? 0 : -1) + number) % number;
          this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
        } else {
          this.search();
        }
        break;
      case 'Enter':
        if (this.active >= 0) {
          event.preventDefault();
          this.pick(this.options[this.active]);
        } else if (this.free && this.text.trim()) {
          event.preventDefault();
          this.tell('typed', this.text.trim());
          this.clear();
        }
        break;
      case 'Escape':
        if (this.options !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          this.options = undefined;
          this.active = -1;
        }
        break;
      default:
    }
  };

  paste = (event) => {
    const entries = (event.clipboardData?.getData('text') ?? '').split(/[\n\r,;]+/).map((entry) => entry.trim()).filter(Boolean);
    if (this.free && entries.length > 1) {
      event.preventDefault();
      this.tell('pasted', entries);
      this.clear();
    }
  };

  pick(option) {
    this.tell('pick', option);
    if (this.keep) {
      this.text = option.label;
      this.options = undefined;
      this.active = -1;
    } else {
      this.clear();
    }
  }

  clear() {
    clearTimeout(this.pause);
    this.text = '';
    this.options = undefined;
    this.active = -1;
  }

  leave = () => {
    this.options = undefined;
    this.active = -1;
    if (this.keep && !this.text.trim()) {
      this.tell('pick', undefined);
    }
  };

  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

customElements.define('type-ahead', TypeAhead);
