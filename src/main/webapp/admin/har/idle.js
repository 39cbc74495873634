// What reset the timer of the session in a recording, which calls come by themselves, and when the session would have
// lapsed. Plain functions, for the browser and for Node. Moments and times are in milliseconds.

import { excludes, exclusionOf, nameOf } from './excluded.js';

const SAME_TICK = 500;
const SECOND = 1000;
const FEWEST = 5;
const MOST_OF_THEM = 0.7;
const SAYS_SESSION = /token|sess|auth|lapse|sid|jwt/i;

/** @typedef {{by: 'header'} | {by: 'cookie', name: string} | {by: 'address', origin: string}} Carrier how calls carry the token */

const most = (counts) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);

function count(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return counts;
}

/**
 * By what the calls of a recording may carry the token, the likeliest first: the header, where it is there, a cookie that is
 * called like one, otherwise the address to which scripts send most calls.
 *
 * @returns {Carrier[]}
 */
export function carriers(calls) {
  const header = calls.some(({ authorized }) => authorized) ? [{ by: 'header' }] : [];
  const names = most(count(calls.flatMap(({ cookies }) => cookies)));
  const cookies = [...names.filter((name) => SAYS_SESSION.test(name)), ...names.filter((name) => !SAYS_SESSION.test(name))]
    .map((name) => ({ by: 'cookie', name }));
  const byScript = most(count(calls.filter(({ data }) => data).map(({ origin }) => origin)));
  const origins = [...new Set([...byScript, ...most(count(calls.map(({ origin }) => origin)))])].map((origin) => ({ by: 'address', origin }));
  const likely = cookies.filter(({ name }) => SAYS_SESSION.test(name));
  return [...header, ...likely, ...origins, ...cookies.filter((cookie) => !likely.includes(cookie))];
}

/** Whether a call carried the token. By address those of scripts alone, where the file tells which those are. */
export function carries(call, carrier, scriptsKnown = true) {
  switch (carrier.by) {
    case 'header': return call.authorized;
    case 'cookie': return call.cookies.includes(carrier.name);
    default: return call.origin === carrier.origin && (call.data || call.heartbeat || !scriptsKnown);
  }
}

/** After how long the calls come over and over; undefined where they do not, as those of a person. */
export function rhythm(moments) {
  const ticks = moments.filter((at, i) => i === 0 || at - moments[i - 1] >= SAME_TICK);
  const intervals = ticks.slice(1).map((at, i) => at - ticks[i]);
  if (ticks.length < FEWEST) {
    return undefined;
  }
  const middle = [...intervals].sort((a, b) => a - b)[Math.floor(intervals.length / 2)];
  const tolerance = middle < 10 * SECOND ? middle / 5 : Math.max(2 * SECOND, middle / 50);
  const steady = intervals.filter((interval) => Math.abs(interval - middle) <= tolerance);
  return steady.length >= FEWEST - 1 && steady.length / intervals.length >= MOST_OF_THEM
    ? steady.reduce((sum, interval) => sum + interval, 0) / steady.length
    : undefined;
}

/**
 * The calls of a recording by their names: how many carried the token, how many of those reset the timer under the rules of
 * today, and why the others did not.
 *
 * @param {import('./har.js').Call[]} calls
 * @param {Carrier} carrier
 * @param {string[]} exclusions of the organization
 */
export function byName(calls, carrier, exclusions) {
  const isExcluded = excludes(exclusions);
  const scriptsKnown = calls.some(({ data }) => data);
  const found = new Map();
  for (const call of calls) {
    const name = nameOf(call.method, call.path);
    const one = found.get(name) ?? { name, total: 0, carrying: 0, moments: [], excluded: 0, background: 0, idle: {}, heartbeat: false, socket: false };
    found.set(name, one);
    one.total++;
    if (carries(call, carrier, scriptsKnown)) {
      one.carrying++;
      one.heartbeat ||= call.heartbeat;
      one.socket ||= call.socket;
      if (call.idle) {
        one.idle[call.idle] = (one.idle[call.idle] ?? 0) + 1;
      } else if (call.background) {
        one.background++;
      } else if (isExcluded(call.method, call.path)) {
        one.excluded++;
      } else {
        one.moments.push(call.at);
      }
    }
  }
  return [...found.values()].map((one) => {
    const moments = [...one.moments].sort((a, b) => a - b);
    return { ...one, moments, resets: moments.length, interval: one.heartbeat ? undefined : rhythm(moments), exclusion: exclusionOf(one.name) };
  }).sort((a, b) => Boolean(b.interval) - Boolean(a.interval) || b.resets - a.resets || b.carrying - a.carrying || (a.name < b.name ? -1 : 1));
}

/**
 * How long the session went unused as the recording ran, from the first use on.
 *
 * @param {number[]} moments of the uses, in any order
 * @param {number} end of the recording
 * @returns {{points: {at: number, idle: number}[], lapse: number | undefined, deadline: number | undefined, longest: number}}
 *   the corners of the line, up to the lapse; when it lapsed within the recording; when it would lapse if nothing else came
 */
export function idleTime(moments, timeout, end) {
  const uses = [...moments].sort((a, b) => a - b);
  if (!uses.length) {
    return { points: [], lapse: undefined, deadline: undefined, longest: 0 };
  }
  const points = [{ at: uses[0], idle: 0 }];
  let longest = 0;
  for (let i = 1; i <= uses.length; i++) {
    const last = uses[i - 1];
    const next = i < uses.length ? uses[i] : Math.max(end, last);
    const idle = next - last;
    if (idle >= timeout) {
      points.push({ at: last + timeout, idle: timeout });
      return { points, lapse: last + timeout, deadline: last + timeout, longest: timeout };
    }
    longest = Math.max(longest, idle);
    points.push({ at: next, idle });
    if (i < uses.length) {
      points.push({ at: next, idle: 0 });
    }
  }
  return { points, lapse: undefined, deadline: uses.at(-1) + timeout, longest };
}

/** The uses that are left without the calls of some names. */
export const without = (groups, names) => groups.filter(({ name }) => !names.has(name)).flatMap(({ moments }) => moments);

/**
 * What a recording says: as it ran under the rules of today, and with more calls excluded. Where those were all, the
 * session begins with the first call that carried the token.
 */
export function verdict(groups, chosen, timeout, { end }) {
  const all = without(groups, new Set());
  const start = all.reduce((first, at) => Math.min(first, at), Infinity);
  const left = without(groups, chosen);
  return {
    today: idleTime(all, timeout, end),
    then: all.length ? idleTime([start, ...left], timeout, end) : idleTime([], timeout, end),
  };
}
