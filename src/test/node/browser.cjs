'use strict';
const http = require('node:http');

const mostRedirects = 5;

/** A browser without JavaScript: it keeps cookies, follows redirects inside Lapse, and sends the forms of pages. */
class Browser {
  #lapse;
  #cookies = new Map();

  /** @param {URL} lapse where Lapse is */
  constructor(lapse) {
    this.#lapse = lapse;
  }

  /** Opens an address of Lapse; ends at a page, or at the redirect that leads to an application. */
  open(address) {
    return this.#follow('GET', new URL(address, this.#lapse));
  }

  /** Sends the form of a page with what somebody filled in; hidden fields go along. */
  submit(page, filledIn) {
    const action = /<form[^>]*action="([^"]*)"/.exec(page.body);
    if (!action) throw new Error(`No form on the page: ${page.body}`);
    const form = new URLSearchParams({ ...hiddenFields(page.body), ...filledIn });
    return this.#follow('POST', new URL(unescaped(action[1]), page.url), form.toString());
  }

  async #follow(method, url, form) {
    let answer = await this.#send(method, url, form);
    for (let i = 0; i < mostRedirects && answer.location && this.#isPage(answer.location); i++) {
      answer = await this.#send('GET', answer.location);
    }
    return answer;
  }

  #isPage(url) {
    return url.origin === this.#lapse.origin && /^\/(oauth\/.*|logout)$/.test(url.pathname);
  }

  #send(method, url, form) {
    const headers = { Accept: 'text/html', Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (form !== undefined) {
      headers['Content-Type'] = 'application/x-www-form-urlencoded';
      headers.Origin = this.#lapse.origin;
    }
    return new Promise((resolve, reject) => {
      const request = http.request(url, { method, headers }, (response) => {
        response.setEncoding('utf8');
        let body = '';
        response.on('data', (part) => (body += part));
        response.on('end', () => {
          (response.headers['set-cookie'] ?? []).forEach((cookie) => this.#keep(cookie));
          const location = response.headers.location && new URL(response.headers.location, url);
          resolve({ url, status: response.statusCode, body, location });
        });
      });
      request.on('error', reject);
      request.end(form);
    });
  }

  #keep(cookie) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    if (/;\s*max-age=0/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

function hiddenFields(html) {
  const inputs = [...html.matchAll(/<input([^>]*)>/g)]
    .map(([, attributes]) => Object.fromEntries([...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, unescaped(value)])))
    .filter((input) => input.type === 'hidden');
  return Object.fromEntries(inputs.map((input) => [input.name, input.value ?? '']));
}

function unescaped(html) {
  return html
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (all, hex, decimal) => String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

module.exports = { Browser };
