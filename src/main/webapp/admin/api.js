// Calls of the public API, with the client's session.

import { lapse } from './session.js';

/** A call that was refused, with what the API said about it. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body?.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = body?.code;
    this.fields = body?.details ?? [];
    this.contextId = body?.contextId;
  }
}

async function call(method, path, { body, ifMatch, background = false } = {}) {
  const headers = {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (ifMatch) {
    headers['If-Match'] = ifMatch;
  }
  const send = background ? lapse.background.bind(lapse) : lapse.fetch.bind(lapse);
  const response = await send(`/api/v2/${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const read = text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined;
  if (!response.ok) {
    throw new Refusal(response.status, read);
  }
  return { body: read, etag: response.headers.get('ETag') };
}

const query = (values) => {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

export const get = async (path, values, options) => (await call('GET', path + query(values), options)).body;
export const read = (path, values) => call('GET', path + query(values));
export const put = (path, body, options) => call('PUT', path, { ...options, body });
export const patch = (path, body, options) => call('PATCH', path, { ...options, body });
export const post = async (path, body, options) => (await call('POST', path, { ...options, body })).body;
export const remove = async (path) => (await call('DELETE', path)).body;

/** Every entry of a listing, page by page; `progress` hears how many there are so far, and how many in all. */
export async function everyEntry(path, values, { progress, most = Infinity } = {}) {
  const all = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await get(path, { ...values, pageSize: 500, pageNumber });
    all.push(...page.entities);
    progress?.(all.length, page.total);
    if (pageNumber >= page.pageCount || all.length >= most) {
      return all;
    }
  }
}
