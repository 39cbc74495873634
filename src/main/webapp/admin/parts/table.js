// A table with its heading, sorting, selection, pages and CSV. It asks nobody: the screen gives it a page and hears what
// the administrator wants.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ConsoleElement } from '../element.js';
import { t, number } from '../messages.js';
import { csv, fileName, save } from './csv.js';
import { busy } from './busy.js';

/**
 * @typedef {object} Column
 * @property {string} name of the column in events
 * @property {string} heading
 * @property {(row) => unknown} show what stands in the cell
 * @property {(row) => unknown} [csv] what stands in the file, where that is something else
 * @property {string} [sort] by what the API sorts it
 * @property {string} [css] classes of the cell
 */
export class DataTable extends ConsoleElement {
  static properties = {
    caption: {},
    columns: { attribute: false },
    rows: { attribute: false },
    key: { attribute: false },
    page: { attribute: false },
    sort: { attribute: false },
    chosen: { attribute: false },
    selectable: { type: Boolean },
    nameOf: { attribute: false },
    file: {},
    fileColumns: { attribute: false },
    all: { attribute: false },
    none: { attribute: false },
    open: { attribute: false },
    loading: { type: Boolean },
    opened: { state: true },
  };

  constructor() {
    super();
    this.rows = [];
    this.key = (row) => row.id;
    this.nameOf = (row) => row.name;
    this.chosen = new Set();
    this.opened = new Set();
  }

  render() {
    if (!this.rows.length && (!this.page || this.page.total === 0)) {
      return this.none ?? nothing;
    }
    return html`
      <div class="table-frame" role="group" aria-label=${this.caption} tabindex="0" aria-busy=${this.loading ? 'true' : 'false'}>
        <table>
          <caption class="aside">${this.caption}</caption>
          <thead>
            <tr>
              ${this.selectable ? html`<th scope="col" class="choice">${this.chooseAll()}</th>` : nothing}
              ${this.columns.map((column) => this.heading(column))}
              ${this.open ? html`<th scope="col" class="tool"><span class="aside">${t('table.details')}</span></th>` : nothing}
            </tr>
          </thead>
          <tbody>${this.rows.map((row) => this.row(row))}</tbody>
        </table>
      </div>
      ${this.foot()}
    `;
  }

  heading(column) {
    if (!column.sort) {
      return html`<th scope="col" class=${column.css ?? nothing}>${column.heading}</th>`;
    }
    const sorted = this.sort?.by === column.sort;
    const down = sorted && this.sort.order === 'desc';
    return html`<th scope="col" class=${column.css ?? nothing} aria-sort=${sorted ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="plain sorts" @click=${() => this.tell('sort', { by: column.sort, order: sorted && !down ? 'desc' : 'asc' })}>
        ${column.heading}<span class="arrow" aria-hidden="true">${sorted ? (down ? '▼' : '▲') : ''}</span>
      </button>
    </th>`;
  }

  row(row) {
    const key = this.key(row);
    const width = this.columns.length + (this.selectable ? 1 : 0) + 1;
    const isOpen = this.opened.has(key);
    return html`
      <tr class=${this.chosen.has(key) ? 'chosen' : nothing}>
        ${this.selectable
          ? html`<td class="choice">
              <input type="checkbox" aria-label=${t('table.choose', { name: this.nameOf(row) })} .checked=${live(this.chosen.has(key))}
                @change=${(event) => this.choose([row], event.target.checked)} />
            </td>`
          : nothing}
        ${this.columns.map((column, i) => (i === 0
          ? html`<th scope="row" class=${column.css ?? nothing}>${column.show(row)}</th>`
          : html`<td class=${column.css ?? nothing} data-heading=${column.heading}>${column.show(row)}</td>`))}
        ${this.open
          ? html`<td class="tool">
              <button type="button" class="icon" aria-expanded=${isOpen ? 'true' : 'false'}
                aria-label=${t('table.detailsOf', { name: this.nameOf(row) })} @click=${() => this.toggle(key)}>
                <span aria-hidden="true">${isOpen ? '−' : '+'}</span>
              </button>
            </td>`
          : nothing}
      </tr>
      ${this.open && isOpen ? html`<tr class="details"><td colspan=${width}>${this.open(row)}</td></tr>` : nothing}
    `;
  }

  toggle(key) {
    const opened = new Set(this.opened);
    if (!opened.delete(key)) {
      opened.add(key);
    }
    this.opened = opened;
  }

  chooseAll() {
    const here = this.rows.filter((row) => this.chosen.has(this.key(row))).length;
    return html`<input type="checkbox" aria-label=${t('table.chooseAll')} .checked=${live(here > 0 && here === this.rows.length)}
      .indeterminate=${here > 0 && here < this.rows.length} @change=${(event) => this.choose(this.rows, event.target.checked)} />`;
  }

  choose(rows, on) {
    const chosen = new Set(this.chosen);
    rows.forEach((row) => (on ? chosen.add(this.key(row)) : chosen.delete(this.key(row))));
    this.tell('choose', chosen);
  }

  foot() {
    const page = this.page;
    const first = page ? (page.pageNumber - 1) * page.pageSize + 1 : 1;
    const last = first + this.rows.length - 1;
    return html`<div class="table-foot">
      ${page ? html`<span class="quiet" role="status">${t('table.range', { first: number(first), last: number(last), total: number(page.total) })}</span>` : nothing}
      <button type="button" class="second small" @click=${this.export}>${t('table.csv')}</button>
      ${page && page.pageCount > 1
        ? html`<nav class="pages" aria-label=${t('table.pages', { of: this.caption })}>
            <button type="button" class="second small" ?disabled=${page.pageNumber === 1} @click=${() => this.tell('page', 1)}>${t('table.first')}</button>
            <button type="button" class="second small" ?disabled=${page.pageNumber === 1} @click=${() => this.tell('page', page.pageNumber - 1)}>${t('table.previous')}</button>
            <span>${t('table.page', { page: number(page.pageNumber), pages: number(page.pageCount) })}</span>
            <button type="button" class="second small" ?disabled=${page.pageNumber >= page.pageCount} @click=${() => this.tell('page', page.pageNumber + 1)}>${t('table.next')}</button>
            <button type="button" class="second small" ?disabled=${page.pageNumber >= page.pageCount} @click=${() => this.tell('page', page.pageCount)}>${t('table.last')}</button>
          </nav>`
        : nothing}
    </div>`;
  }

  /** The whole listing and not just this page. */
  async export() {
    try {
      const rows = this.all
        ? await busy(this, t('table.exporting'), (progress) => this.all(progress))
        : this.rows;
      save(fileName(this.file), csv((this.fileColumns ?? this.columns).map((column) => [column.heading, column.csv ?? column.show]), rows));
    } catch (error) {
      this.complain(error);
    }
  }

  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

customElements.define('data-table', DataTable);
