// usage: node --test har-test.mjs <folder of the console's modules>
// What the console reads out of HAR files. Those in har/ are invented, in the forms in which other tools write them: a person
// from 13:50:00 to 13:51:10, and a page that polls every 30 s from 13:50:15 to 14:09:45.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

// A browser is told that these are modules, and Node by a package beside them.
const copy = mkdtempSync(join(tmpdir(), 'har-'));
after(() => rmSync(copy, { recursive: true }));
cpSync(process.argv[2], copy, { recursive: true });
writeFileSync(join(copy, 'package.json'), '{"type": "module"}');
const modules = pathToFileURL(`${copy}/`);
const { excludes, exclusionOf, nameOf } = await import(new URL('excluded.js', modules));
const { HarError, readHar } = await import(new URL('har.js', modules));
const { byName, carriers, idleTime, rhythm, verdict, without } = await import(new URL('idle.js', modules));

const file = (name) => readFileSync(new URL(`har/${name}.har`, import.meta.url), 'utf8');
const MINUTE = 60_000;
const TIMEOUT = 15 * MINUTE;
const POLL = 'GET api/v2/queues/{}/depth';
const at = (time) => Date.parse(`2026-11-30T${time}Z`);

function read(name, { exclusions = [], carrier } = {}) {
  const har = readHar(file(name));
  const groups = byName(har.calls, carrier ?? carriers(har.calls)[0], exclusions);
  const end = Math.max(...har.calls.map(({ until }) => until));
  return { har, groups, end, of: (call) => groups.find((group) => group.name === call) };
}

for (const [name, carrier] of [
  ['chromium', { by: 'header' }],
  ['chromium-sanitized', { by: 'address', origin: 'https://api.example' }],
  ['firefox', { by: 'cookie', name: 'desk_session' }],
  ['safari', { by: 'header' }],
  ['proxy', { by: 'header' }],
]) {
  test(`${name}: the poll is found, the person is not, and without it the session lapses 15 minutes after the person`, () => {
    const { har, groups, end, of } = read(name);
    assert.deepEqual(carriers(har.calls)[0], carrier);
    assert.equal(of(POLL).resets, 40);
    assert.equal(Math.round(of(POLL).interval / 1000), 30);
    assert.deepEqual(groups.filter(({ interval }) => interval).map((group) => group.name), [POLL]);
    const { today, then } = verdict(groups, new Set([POLL]), TIMEOUT, { end });
    assert.equal(today.lapse, undefined);
    assert.equal(then.lapse, at('13:51:10') + TIMEOUT);
    assert.equal(then.points.at(-1).idle, TIMEOUT);
  });
}

test('chromium: what was cached, unanswered, a preflight or a silent heartbeat resets nothing', () => {
  const { of } = read('chromium');
  assert.deepEqual([of('GET api/v2/logo').resets, of('GET api/v2/logo').idle], [0, { cache: 1 }]);
  assert.deepEqual([of('GET api/v2/slow').resets, of('GET api/v2/slow').idle], [0, { unanswered: 1 }]);
  assert.equal(of('OPTIONS api/v2/notes').carrying, 0);
  assert.equal(of('GET api/v2/reports/{}').resets, 1, 'a redirect was a call');
  assert.equal(of('GET events').socket, true);
  const beats = of('POST api/v2/tokens/me/activity');
  assert.deepEqual([beats.carrying, beats.resets, beats.background, beats.heartbeat], [2, 1, 1, true]);
  assert.equal(beats.moments[0], at('13:50:58'), 'the activity was two seconds before');
  assert.equal(of('GET ').carrying, 0);
});

test('what the organization excludes resets nothing today', () => {
  const { of, groups, end } = read('chromium', { exclusions: ['GET api/v2/queues/{queue}/depth'] });
  assert.deepEqual([of(POLL).resets, of(POLL).excluded], [0, 40]);
  assert.equal(verdict(groups, new Set(), TIMEOUT, { end }).today.lapse, at('13:51:10') + TIMEOUT);
});

test('a file from a proxy tells how many entries it could not read, and from what it is', () => {
  const { har } = read('proxy');
  assert.equal(har.unreadable, 1);
  assert.equal(har.tool, 'Fiddler 5.0.20253.3311');
  assert.equal(har.tokens, 1);
  assert.ok(!JSON.stringify(har).includes('invented-token'), 'no token is kept');
});

test('the likeliest carrier is the header, then a cookie that is called so, then an address', () => {
  assert.deepEqual(carriers(readHar(file('firefox')).calls).map(({ by, name, origin }) => name ?? origin ?? by),
    ['desk_session', 'https://desk.example', 'theme']);
});

test('what is no HAR is told apart', () => {
  const code = (text) => {
    try {
      readHar(text);
    } catch (error) {
      assert.ok(error instanceof HarError);
      return error.code;
    }
    return 'read';
  };
  assert.equal(code('<html>'), 'notJson');
  assert.equal(code(file('safari').slice(0, 3000)), 'cut');
  assert.equal(code('{"some":"json"}'), 'notHar');
  assert.equal(code('{"log":{"entries":{}}}'), 'notHar');
  assert.equal(code('null'), 'notHar');
  assert.equal(code('{"log":{"entries":[]}}'), 'noCalls');
  assert.equal(code('{"log":{"entries":[null, {"request":{"url":"data:,x","method":"GET"},"startedDateTime":"2026-11-30T13:50:00Z"}]}}'), 'noCalls');
});

test('a rhythm needs five ticks, of which most come after the same time', () => {
  assert.equal(rhythm([0, 30_000, 60_000, 90_000]), undefined);
  assert.equal(rhythm([0, 30_000, 60_100, 89_900, 120_000]), 30_000);
  assert.equal(rhythm([0, 30_000, 30_120, 60_000, 60_130, 90_000, 120_000]), 30_000, 'two at once are one tick');
  assert.equal(rhythm([0, 4000, 31_000, 33_000, 90_000, 141_000, 200_000]), undefined);
});

test('it lapses at the timeout and not a millisecond before', () => {
  assert.equal(idleTime([0, TIMEOUT - 1], TIMEOUT, TIMEOUT).lapse, undefined);
  assert.equal(idleTime([0, TIMEOUT], TIMEOUT, TIMEOUT).lapse, TIMEOUT);
  assert.equal(idleTime([0], TIMEOUT, MINUTE).deadline, TIMEOUT);
  assert.deepEqual(idleTime([], TIMEOUT, MINUTE), { points: [], lapse: undefined, deadline: undefined, longest: 0 });
  assert.deepEqual(without([{ name: 'a', moments: [1] }, { name: 'b', moments: [2] }], new Set(['a'])), [2]);
});

test('calls are called and excluded as the server does', () => {
  assert.equal(nameOf('GET', '/api/v2/users/3f2a/timeout'), POLL.replace('queues/{}/depth', 'users/{}/timeout'));
  assert.equal(nameOf('GET', '//api/./v2/x/../users/;a=b/me/'), 'GET api/v2/users/me');
  assert.equal(exclusionOf('GET api/v2/users/{}'), 'GET api/v2/users/{id}');
  assert.equal(exclusionOf('GET {}'), undefined);
  const isExcluded = excludes(['api/v2/users/me', 'POST /api/v2/trace?x=1', 'api/v2/reports/*', 'https://h/api/{any}/caf%c3%a9']);
  assert.ok(isExcluded('GET', '/api/v2/users/me/'));
  assert.ok(!isExcluded('GET', '/api/v2/users/me/x'));
  assert.ok(isExcluded('POST', '/api/v2/trace') && !isExcluded('GET', '/api/v2/trace'));
  assert.ok(isExcluded('GET', '/api/v2/reports/1/2') && !isExcluded('GET', '/api/v2/reports'));
  assert.ok(isExcluded('GET', '/api/x/caf\u00e9') && isExcluded('GET', '/api/x/caf%C3%A9'));
});
