// usage: node --test-reporter=tap plain-node-test.mjs <address of Lapse in demonstration mode>
// plain-node.mjs against a running Lapse. Sets timeouts of the Demo organization and of Demo Desk, and switches them off again.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from './browser.cjs';
import { Session } from './plain-node.mjs';

const lapse = new URL(process.argv[2]);
const password = 'demo-Passw0rd!';
const desk = { clientId: 'demo-desk', redirectUri: new URL('/demo/', lapse).href };

let sent = 0;
diagnostics.subscribe('http.client.request.start', () => sent++);

async function administrator() {
  const session = new Session(lapse);
  await session.logIn('demo-service', 'demo-secret');
  return session;
}

/** Changes settings with a fresh token, which no timeout that was set before can have ended. */
async function setTimeouts(idleTokenTimeout, deskSecurity) {
  const admin = await administrator();
  await admin.call('PUT', '/api/v2/applications/demo-desk', { options: { security: deskSecurity } });
  await admin.call('PUT', '/api/v2/tokens/timeout', idleTokenTimeout);
}

const restore = () => setTimeouts({ enableIdleTokenTimeout: false, idleTokenTimeoutSeconds: 900 }, { 'on-inactivity': null });
after(restore);

async function signIn(username) {
  const verifier = randomBytes(32).toString('base64url');
  const query = {
    client_id: desk.clientId,
    redirect_uri: desk.redirectUri,
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const browser = new Browser(lapse);
  const page = await browser.open(`/oauth/authorize?${new URLSearchParams(query)}`);
  const { location } = await browser.submit(page, { username, password });
  const session = new Session(lapse);
  await session.redeem({ ...desk, code: location.searchParams.get('code'), verifier });
  return session;
}

async function assertQuiet(session, state) {
  assert.equal(session.state, state);
  const before = sent;
  await assert.rejects(session.beat(), { message: `Nothing is sent: the session is ${state}.` });
  await assert.rejects(session.call('GET', '/api/v2/tokens/me'), { message: `Nothing is sent: the session is ${state}.` });
  assert.equal(sent, before);
}

test('logs in, and calls', async () => {
  const session = await administrator();
  assert.equal(session.state, 'active');
  assert.equal((await session.call('GET', '/api/v2/tokens/me')).OAuthClient.id, 'demo-service');
});

test('says why it could not log in', async () => {
  const session = new Session(lapse);
  await assert.rejects(session.logIn('demo-service', 'wrong'), { status: 401, code: 'invalid_client' });
  await assertQuiet(session, 'signed-out');
});

test('400: shows which fields were wrong', async () => {
  const session = await administrator();
  await assert.rejects(session.call('PUT', '/api/v2/tokens/timeout', { idleTokenTimeoutSeconds: 0 }), (refusal) => {
    assert.deepEqual([refusal.status, refusal.code], [400, 'invalid.value']);
    assert.deepEqual(refusal.details, [{ errorCode: 'invalid.value', fieldName: 'idleTokenTimeoutSeconds' }]);
    assert.match(refusal.message, /^The inactivity timeout is .* \(idleTokenTimeoutSeconds\)$/);
    return true;
  });
  assert.equal(session.state, 'active');
});

test('a beat is activity, a look at the time left is none', async () => {
  await setTimeouts({ enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 1800 }, {});
  const alice = await signIn('alice@demo.example');
  const beat = await alice.beat();
  assert.equal(beat.timeoutSeconds, 1800);
  await pause(20);
  const look = await alice.timeLeft();
  assert.equal(look.deadline, beat.deadline);
  assert.ok(look.secondsLeft < beat.secondsLeft);
  await pause(2);
  assert.ok(new Date((await alice.beat()).deadline) > new Date(beat.deadline));
});

test('a lapse locks it: it is quiet until the person is back, and waits as long as the server says', async () => {
  const alice = await signIn('alice@demo.example');
  const locked = new Promise((resolve) => alice.once('locked', resolve));
  await setTimeouts({ enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 1 }, { 'on-inactivity': 'lock' });
  const watch = async () => {
    for (;;) {
      const { secondsLeft } = await alice.timeLeft();
      await pause(secondsLeft * 1000);
    }
  };
  await assert.rejects(watch(), { status: 401, code: 'insufficient_user_authentication' });
  await locked;
  await assertQuiet(alice, 'locked');
  await pause(500); // the timer has come round, so that the lock stays whatever is set from now on
  await restore();

  await assert.rejects(alice.resume('wrong'), { status: 400, code: 'invalid.password' });
  assert.equal(alice.state, 'locked');
  const before = sent;
  await alice.resume(password);
  assert.equal(sent - before, 2, 'the first was answered with 429');
  assert.equal(alice.state, 'active');
  await alice.beat();
});

test('an end is the end', async () => {
  const alice = await signIn('alice@demo.example');
  await alice.call('DELETE', '/api/v2/tokens/me');
  await assert.rejects(alice.beat(), { status: 401, code: 'bad.credentials' });
  await assertQuiet(alice, 'ended');
});
