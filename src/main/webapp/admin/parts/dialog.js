// A question before something is done. A native modal dialog: focus stays in it and comes back, Escape closes it.

import { html, render } from 'lit';
import { t } from '../messages.js';

/**
 * Asks, and answers whether it was confirmed.
 *
 * @param {{title: string, body: unknown, confirm: string, dangerous?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, body, confirm, dangerous = false }) {
  return show((close) => html`
    <h2 id="question-title">${title}</h2>
    <div id="question-body" class="dialog-body">${body}</div>
    <div class="dialog-tools">
      <button type="button" class="second" @click=${() => close(false)}>${t('action.cancel')}</button>
      <button type="button" class=${dangerous ? 'danger' : 'first'} @click=${() => close(true)}>${confirm}</button>
    </div>`, { role: dangerous ? 'alertdialog' : 'dialog' }).then(Boolean);
}

/**
 * Shows a form; answers its data when it is sent and `submit` did not throw, undefined when it is closed.
 *
 * @param {{title: string, fields: unknown, confirm: string, submit: (data: FormData, form: HTMLFormElement) => Promise<unknown>}} form
 */
export function fill({ title, fields, confirm, submit }) {
  return show((close, again) => {
    const send = async (event) => {
      event.preventDefault();
      const form = event.target;
      form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
      try {
        close((await submit(new FormData(form), form)) ?? true);
      } catch (error) {
        form.querySelector('.dialog-error').textContent = error.message;
        form.querySelector('.dialog-error').hidden = false;
        for (const { fieldName } of error.fields ?? []) {
          const field = form.elements.namedItem(fieldName);
          field?.setAttribute?.('aria-invalid', 'true');
          field?.focus?.();
        }
      }
    };
    return html`<form @submit=${send}>
      <h2 id="question-title">${title}</h2>
      <div id="question-body" class="dialog-body">
        <p class="notice bad dialog-error" role="alert" hidden></p>
        ${typeof fields === 'function' ? fields(again) : fields}
      </div>
      <div class="dialog-tools">
        <button type="button" class="second" @click=${() => close(undefined)}>${t('action.cancel')}</button>
        <button type="submit" class="first">${confirm}</button>
      </div>
    </form>`;
  });
}

function show(content, { role = 'dialog' } = {}) {
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  dialog.setAttribute('role', role);
  dialog.setAttribute('aria-labelledby', 'question-title');
  if (role === 'alertdialog') {
    dialog.setAttribute('aria-describedby', 'question-body');
  }
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    const draw = () => render(content(close, draw), dialog);
    draw();
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
  });
}
