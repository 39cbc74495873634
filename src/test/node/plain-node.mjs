// A client of Lapse in plain Node: node:http, and nothing that has to be installed. Copy it, and change what is yours.
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';

const mostTries = 3;

/** What Lapse refused. `details` says which fields were wrong, and why. */
export class Refusal extends Error {
  constructor(status, { code, message, details = [] }) {
    const fields = details.map((detail) => detail.fieldName).filter(Boolean);
    super(fields.length > 0 ? `${message} (${fields.join(', ')})` : message);
    Object.assign(this, { status, code, details });
  }
}

/**
 * One session. `state` is `signed-out`, `active`, `locked` (the password of the same person makes it active again) or `ended`
 * (somebody has to sign in anew). Every change of state is an event of that name. While it is not active, nothing is sent.
 */
export class Session extends EventEmitter {
  state = 'signed-out';
  #url;
  #token;

  constructor(url) {
    super();
    this.#url = url;
  }

  /** Signs an application in on its own. */
  logIn(clientId, secret) {
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
    return this.#getToken({ grant_type: 'client_credentials' }, { Authorization: `Basic ${basic}` });
  }

  /** Signs a person in with the code that the browser brought back from /oauth/authorize, and the verifier of its challenge. */
  redeem({ clientId, redirectUri, code, verifier }) {
    return this.#getToken({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
  }

  /** Calls the API; every call is activity. Answers the body, or throws a Refusal. */
  call(method, path, body) {
    return this.#whileActive(method, path, body);
  }

  /** Says that a person is there. Send it when one was: on a key, a click, a request of theirs; never by a timer alone. */
  beat() {
    return this.#whileActive('POST', '/api/v2/tokens/me/activity');
  }

  /** Looks how much time is left, which is no activity: a timer may do this, to show a countdown and to notice the end. */
  timeLeft() {
    return this.#whileActive('POST', '/api/v2/tokens/me/activity', undefined, { 'X-Background-Request': '1' });
  }

  /** Resumes a locked session. Ask the person again where the Refusal's code is `invalid.password`. */
  async resume(password) {
    if (this.state !== 'locked') throw new Error(`Only a locked session is resumed, and this one is ${this.state}.`);
    await this.#api('POST', '/api/v2/relogin', { password });
    this.#become('active');
  }

  async #getToken(form, headers = {}) {
    const sent = new URLSearchParams(form).toString();
    const answer = await this.#send('POST', '/oauth/token', sent, {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    });
    if (answer.status !== 200) {
      const { error: code, error_description: message = `The server answered ${answer.status}.` } = answer.body ?? {};
      throw new Refusal(answer.status, { code, message });
    }
    this.#token = answer.body.access_token;
    this.#become('active');
  }

  async #whileActive(method, path, body, headers) {
    if (this.state !== 'active') throw new Error(`Nothing is sent: the session is ${this.state}.`);
    return this.#api(method, path, body, headers);
  }

  async #api(method, path, body, headers = {}) {
    const answer = await this.#send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      Authorization: `Bearer ${this.#token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    });
    if (answer.status < 400) return answer.body;
    const refusal = new Refusal(answer.status, answer.body ?? { message: `The server answered ${answer.status}.` });
    if (refusal.status === 401) this.#become(refusal.code === 'insufficient_user_authentication' ? 'locked' : 'ended');
    throw refusal;
  }

  /** Sends a request. Where the server asks to wait (429, 503), waits as long as it says, and tries again. */
  async #send(method, path, body, headers) {
    for (let tries = 1; ; tries++) {
      const answer = await this.#exchange(method, path, body, headers);
      if (!answer.retryAfter || tries === mostTries) return answer;
      await pause(answer.retryAfter * 1000);
    }
  }

  #exchange(method, path, body, headers) {
    const url = new URL(path, this.#url);
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const exchange = request(url, { method, headers, timeout: 10_000 }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (part) => (text += part));
        response.on('error', reject);
        response.on('end', () => {
          const isJson = /^application\/json\b/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode,
            retryAfter: Number(response.headers['retry-after']),
            body: isJson && text !== '' ? JSON.parse(text) : undefined,
          });
        });
      });
      exchange.on('timeout', () => exchange.destroy(new Error('The server does not answer.')));
      exchange.on('error', reject);
      exchange.end(body);
    });
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.emit(state);
  }
}
