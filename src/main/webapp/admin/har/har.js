// Reads HAR 1.2, as browsers and other tools write it: http://www.softwareishard.com/blog/har-12-spec/. It keeps when each
// call was made, to where, and by what it may have carried a token, but no token: of two it keeps whether they are the same.
// Bodies are not looked at, so it does not matter whether they are there. Plain functions, for the browser and for Node.

/** More is not read, in bytes. */
export const LARGEST = 100 * 1024 * 1024;

const HEARTBEAT = /\/api\/v2\/tokens\/me\/activity\/?$/;
const OWN_TOKEN = /\/api\/v2\/tokens\/me\/?$/;
const DATA = /^(xhr|fetch|websocket|eventsource)$/i;

/** A file that cannot be read; `code` is the name of a message: `tooLarge`, `notJson`, `cut`, `notHar`, `noCalls`. */
export class HarError extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * @typedef {object} Call
 * @property {number} at when it was made, in milliseconds since the epoch
 * @property {number} until when it was answered
 * @property {string} method in capitals
 * @property {string} origin such as `https://api.example`, that of a WebSocket by `https` too
 * @property {string} path as it was sent
 * @property {number} status 0 where there was no answer
 * @property {boolean} authorized whether it had a header `Authorization: Bearer`
 * @property {string[]} cookies the names of those that it sent
 * @property {boolean} data whether a script made it, as far as the file says
 * @property {boolean} socket whether it opened a WebSocket
 * @property {boolean} background whether it says that nobody is behind it
 * @property {boolean} heartbeat whether it tells of a person at the screen
 * @property {'cache' | 'unanswered' | 'preflight' | 'refused' | undefined} idle why it resets nothing, whatever the rules
 */

/**
 * @param {string} text of the file
 * @returns {{tool: string, calls: Call[], unreadable: number, tokens: number}} the calls in the order of their times; how
 *   many entries could not be read; how many different bearer tokens there are
 */
export function readHar(text) {
  const har = parsed(text);
  const entries = har?.log?.entries;
  if (!Array.isArray(entries)) {
    throw new HarError('notHar');
  }
  const tokens = new Set();
  const calls = entries.map((entry) => callOf(entry, tokens)).filter(Boolean).sort((a, b) => a.at - b.at);
  if (!calls.length) {
    throw new HarError('noCalls');
  }
  const { creator, browser } = har.log;
  const tool = [browser?.name ?? creator?.name, browser?.version ?? creator?.version].filter(Boolean).join(' ');
  return { tool, calls, unreadable: entries.length - calls.length, tokens: tokens.size };
}

function parsed(text) {
  const whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(whole);
  } catch {
    const end = whole.trimEnd();
    throw new HarError(/^\s*\{/.test(whole.slice(0, 100)) && !end.endsWith('}') ? 'cut' : 'notJson');
  }
}

/** @returns {Call | undefined} undefined for an entry without what each entry must have */
function callOf(entry, tokens) {
  const request = entry?.request;
  const at = Date.parse(entry?.startedDateTime);
  const address = addressOf(request?.url);
  if (Number.isNaN(at) || !address || typeof request.method !== 'string') {
    return undefined;
  }
  const method = request.method.toUpperCase();
  const headers = headersOf(request);
  const bearer = /^bearer\s+(\S+)/i.exec(headers.get('authorization') ?? '');
  if (bearer) {
    tokens.add(bearer[1]);
  }
  const status = Number(entry.response?.status) || 0;
  const socket = /^wss?:/i.test(request.url) || entry._resourceType === 'websocket' || headers.get('upgrade')?.toLowerCase() === 'websocket';
  const call = {
    at,
    until: at + Math.max(0, Number(entry.time) || 0),
    method,
    origin: address.origin,
    path: address.path,
    status,
    authorized: Boolean(bearer),
    cookies: cookiesOf(request, headers),
    data: isData(entry, headers),
    socket,
    background: headers.get('x-background-request') === '1' || preserves(method, address),
    heartbeat: false,
    idle: idle(entry, method, headers, status),
  };
  if (method === 'POST' && HEARTBEAT.test(call.path)) {
    beat(call, request);
  }
  return call;
}

/** A heartbeat says what was seen at the screen, and how long ago; one that saw nothing only asks. */
function beat(call, request) {
  let said;
  try {
    said = JSON.parse(request.postData?.text ?? '{}');
  } catch {
    said = {}; // truncated: a client that sends a body mostly has seen something
  }
  call.heartbeat = !(Array.isArray(said?.seen) && said.seen.every((kind) => kind === 'progress'));
  call.background ||= !call.heartbeat;
  call.at -= Math.max(0, Number(said?.activityAgeSeconds) || 0) * 1000;
}

function addressOf(url) {
  try {
    const { protocol, host, pathname, search } = new URL(url);
    const scheme = { 'ws:': 'http:', 'wss:': 'https:' }[protocol] ?? protocol;
    return /^https?:$/.test(scheme) ? { origin: `${scheme}//${host}`, path: pathname, search } : undefined;
  } catch {
    return undefined;
  }
}

const headersOf = ({ headers }) => new Map((Array.isArray(headers) ? headers : [])
  .filter((header) => typeof header?.name === 'string')
  .map(({ name, value }) => [name.toLowerCase(), String(value ?? '')]));

function cookiesOf({ cookies }, headers) {
  const listed = (Array.isArray(cookies) ? cookies : []).map((cookie) => cookie?.name);
  const sent = (headers.get('cookie') ?? '').split(';').map((pair) => pair.split('=', 1)[0].trim());
  return [...new Set([...listed, ...sent])].filter(Boolean);
}

function isData(entry, headers) {
  const type = entry._resourceType ?? entry._initiator_type;
  if (type) {
    return DATA.test(type);
  }
  return headers.get('sec-fetch-dest') === 'empty' || headers.get('x-requested-with') === 'XMLHttpRequest'
    || /json/i.test(entry.response?.content?.mimeType ?? '');
}

/** The vendor's own way to say that nobody is behind a call, for this call alone. */
const preserves = (method, { path, search }) => method === 'GET' && OWN_TOKEN.test(path)
  && new URLSearchParams(search).get('preserveIdleTTL') === 'true';

function idle(entry, method, headers, status) {
  if (entry._fromCache || entry.response?._fromCache) {
    return 'cache';
  }
  if (method === 'OPTIONS' && (headers.has('access-control-request-method') || !headers.has('authorization'))) {
    return 'preflight';
  }
  if (status === 0) {
    return 'unanswered';
  }
  return status === 401 ? 'refused' : undefined;
}
