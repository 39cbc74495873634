'use strict';
// usage: node --test-reporter=tap vendor-sdk.cjs <address of Lapse in demonstration mode>
// The vendor's SDK, as it is published and as its documents say it is used, against a running Lapse.
const assert = require('node:assert/strict');
const { randomUUID } = require('node:crypto');
const { after, test } = require('node:test');
const platformClient = require('purecloud-platform-client-v2');
const WebSocket = globalThis.WebSocket ?? require('ws'); // Node has one of its own since version 22
const { Browser } = require('./browser.cjs');

const lapse = new URL(process.argv[2]);
const password = 'demo-Passw0rd!';
const deskId = 'demo-desk';
const deskUri = new URL('/demo/', lapse).href;
const onQueue = 'e08eaf1b-ee47-4fa9-a231-1200e284798f';
const meal = '3fd96123-badb-4f69-bc03-1b1ccc6d8014';
const nobody = '00000000-0000-4000-8000-000000000000';
const unique = (name) => `${name} ${randomUUID()}`;

/** A client of the SDK for each who is signed in, with the whole HTTP answer, as setReturnExtendedResponses documents it. */
function newClient(client = new platformClient.ApiClientClass()) {
  client.setGateway({ host: lapse.hostname, protocol: 'http', port: Number(lapse.port) });
  client.config.live_reload_config = false;
  client.setReturnExtendedResponses(true);
  return client;
}

/** The SDK's interfaces for one client. */
function interfacesOf(client) {
  const names = ['Authorization', 'Groups', 'Notifications', 'OAuth', 'Organization', 'Presence', 'Tokens', 'Users'];
  return Object.fromEntries(names.map((name) => [name.toLowerCase(), new platformClient[`${name}Api`](client)]));
}

/** Lets the SDK think that it runs in a page of that address; answers where it then sends the browser, or what it resolves to. */
async function inPage(address, use) {
  const { pathname, search, hash } = new URL(address);
  const page = { document: { title: '' }, history: { replaceState() {} } };
  const left = new Promise((resolve) => {
    page.window = { crypto: globalThis.crypto, location: { pathname, search, hash, replace: (url) => resolve(new URL(url)) } };
  });
  Object.assign(globalThis, page);
  try {
    return await Promise.race([left, use() ?? left]);
  } finally {
    Object.keys(page).forEach((name) => delete globalThis[name]);
  }
}

/** Signs a user in to Demo Desk as a page does that uses the SDK. */
async function signIn(username, secret = password) {
  const client = newClient();
  const browser = new Browser(lapse);
  const verifier = client.generatePKCECodeVerifier(128);
  const logIn = () => client.loginPKCEGrant(deskId, deskUri, { state: 'a state' }, verifier);
  const signInPage = await browser.open(await inPage(deskUri, logIn));
  const back = (await browser.submit(signInPage, { username, password: secret })).location;
  const authData = await inPage(back, logIn);
  return { client, browser, authData, ...interfacesOf(client) };
}

/** What the SDK rejects with, where the server refuses. */
function refusalOf(promise) {
  return promise.then(
    (answer) => assert.fail(`answered ${answer.status}`),
    (refusal) => refusal,
  );
}

function assertRefused(refusal, status, code) {
  assert.equal(refusal.status, status, JSON.stringify(refusal.body));
  assert.equal(refusal.body.status, status);
  assert.equal(refusal.body.code, code);
  assert.ok(refusal.body.message.length > 0);
  assert.equal(refusal.headers['inin-correlation-id'], refusal.body.contextId);
}

async function bodyOf(promise) {
  const answer = await promise;
  assert.equal(answer.status, 200);
  return answer.body;
}

async function assertDone(promise) {
  const answer = await promise;
  assert.equal(answer.status, 200);
  assert.ok(!answer.body, `no body was expected: ${JSON.stringify(answer.body)}`);
}

const client = newClient(platformClient.ApiClient.instance);
const { authorization, groups, notifications, oauth, organization, presence, tokens, users } = interfacesOf(client);
const made = { users: [], groups: [], roles: [], clients: [] };

/** Makes a user; those who never sign in need no password, which would cost time. */
async function newUser(secret) {
  const email = `${randomUUID()}@demo.example`;
  const user = await bodyOf(users.postUsers({ name: unique('Carol'), email, password: secret, divisionId: '*' }));
  made.users.push(user.id);
  return user;
}

let carolsAccount;
let carolsSession;

/** A user who is signed in to Demo Desk and may do nothing; the test that ends the session says so. */
async function carol() {
  carolsAccount ??= await newUser(password);
  carolsSession ??= await signIn(carolsAccount.email);
  return { user: carolsAccount, ...carolsSession };
}

async function newRole(permissions) {
  const role = await bodyOf(authorization.postAuthorizationRoles({ name: unique('Role'), permissions }));
  made.roles.push(role.id);
  return role;
}

async function newGroup() {
  const group = await bodyOf(groups.postGroups({ name: unique('Group'), type: 'official', rulesVisible: true, visibility: 'public' }));
  made.groups.push(group.id);
  return group;
}

after(async () => {
  await client.loginClientCredentialsGrant('demo-service', 'demo-secret');
  const remove = (ids, one) => Promise.allSettled(ids.map(one));
  await remove(made.users, (id) => users.deleteUser(id));
  await remove(made.groups, (id) => groups.deleteGroup(id));
  await remove(made.clients, (id) => oauth.deleteOauthClient(id));
  await remove(made.roles, (id) => authorization.deleteAuthorizationRole(id));
});

test('log-in', async (t) => {
  await t.test('loginClientCredentialsGrant', async () => {
    const authData = await client.loginClientCredentialsGrant('demo-service', 'demo-secret');
    assert.equal(authData.accessToken.split('.').length, 3);
    assert.ok(Math.abs(authData.tokenExpiryTime - Date.now() - 86_400_000) < 60_000);
  });

  await t.test('loginClientCredentialsGrant with a wrong secret', async () => {
    const refusal = await refusalOf(newClient().loginClientCredentialsGrant('demo-service', 'wrong'));
    assert.equal(refusal.response.status, 401);
    assert.equal(refusal.response.data.error, 'invalid_client');
    assert.equal(refusal.response.data.description, refusal.response.data.error_description);
  });

  await t.test('loginPKCEGrant, and logout', async () => {
    const alice = await signIn('alice@demo.example');
    assert.equal(alice.authData.state, 'a state');
    assert.ok(alice.authData.tokenExpiryTime > Date.now());
    assert.equal((await bodyOf(alice.users.getUsersMe())).username, 'alice@demo.example');

    const logout = await inPage(deskUri, () => alice.client.logout(deskUri));
    assert.equal(logout.pathname, '/logout');
    const back = await alice.browser.submit(await alice.browser.open(logout), {});
    assert.equal(back.location.href, deskUri);
    assertRefused(await refusalOf(alice.tokens.getTokensMe()), 401, 'bad.credentials');
  });

  await t.test('loginPKCEGrant tells what the authorization server refused', async () => {
    const page = () => newClient().loginPKCEGrant(deskId, deskUri, {}, 'v'.repeat(43));
    await assert.rejects(inPage(`${deskUri}?error=access_denied&error_description=No`, page), /access_denied/);
  });

  await t.test('authorizePKCEGrant with a code that is none', async () => {
    const refusal = await refusalOf(newClient().authorizePKCEGrant(deskId, 'v'.repeat(43), 'no code', deskUri));
    assert.equal(refusal.response.status, 400);
    assert.equal(refusal.response.data.error, 'invalid_grant');
  });

  await t.test('refreshCodeAuthorizationGrant, for a client that has a secret', async () => {
    const desk = await bodyOf(
      oauth.postOauthClients({ name: unique('Desk'), authorizedGrantType: 'CODE', registeredRedirectUri: [deskUri], trusted: true }),
    );
    made.clients.push(desk.id);
    const own = newClient();
    const browser = new Browser(lapse);
    const verifier = own.generatePKCECodeVerifier(43);
    const query = {
      client_id: desk.id,
      redirect_uri: deskUri,
      response_type: 'code',
      code_challenge: await own.computePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const signInPage = await browser.open(`/oauth/authorize?${new URLSearchParams(query)}`);
    const back = await browser.submit(signInPage, { username: 'alice@demo.example', password });
    const redeemed = await fetch(new URL('/oauth/token', lapse), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.location.searchParams.get('code'),
        code_verifier: verifier,
        client_id: desk.id,
        redirect_uri: deskUri,
      }),
    });
    const first = await redeemed.json(); // authorizePKCEGrant would forget the refresh token
    const next = await own.refreshCodeAuthorizationGrant(desk.id, desk.secret, first.refresh_token);
    assert.notEqual(next.accessToken, first.access_token);
    assert.notEqual(next.refreshToken, first.refresh_token);
    assert.equal((await bodyOf(interfacesOf(own).tokens.getTokensMe())).OAuthClient.id, desk.id);
  });
});

test('TokensApi', async (t) => {
  await t.test('getTokensMe', async () => {
    const info = await bodyOf(tokens.getTokensMe());
    assert.equal(info.organization.name, 'Demo');
    assert.deepEqual(info.homeOrganization, info.organization);
    assert.ok(Array.isArray(info.authorizedScope));
    assert.ok(new Date(info.dateTokenIdles) > new Date());
    const { dateCreated, dateModified, organization: owner, ...application } = info.OAuthClient;
    assert.deepEqual(application, {
      id: 'demo-service',
      name: 'Demo Service',
      authorizedGrantType: 'CLIENT-CREDENTIALS',
      scope: ['all'],
      state: 'active',
    });
    assert.ok(new Date(dateCreated) <= new Date(dateModified));
    assert.equal(owner.id, info.organization.id);
  });

  await t.test('headTokensMe', () => assertDone(tokens.headTokensMe()));

  await t.test('putTokensTimeout and getTokensTimeout, with group bundles', async () => {
    const [first, second] = [await newGroup(), await newGroup()];
    const before = await bodyOf(tokens.getTokensTimeout());
    const wanted = {
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 1800,
      inactivityTimeoutUnit: 'Minutes',
      inactivityTimeoutGroupsEnabled: true,
      inactivityTimeoutGroupBundles: [
        { priority: 1, timeoutSeconds: 3600, inactivityTimeoutUnit: 'Hours', groups: [first.id] },
        { priority: 2, timeoutSeconds: 600, inactivityTimeoutUnit: 'Minutes', groups: [second.id] },
      ],
    };
    assert.deepEqual(await bodyOf(tokens.putTokensTimeout({ body: wanted })), wanted);
    assert.deepEqual(await bodyOf(tokens.getTokensTimeout()), wanted);

    assert.deepEqual(await bodyOf(tokens.putTokensTimeout()), wanted, 'no body changes nothing');
    const answer = await bodyOf(tokens.putTokensTimeout({ body: { idleTokenTimeoutSeconds: 1200 } }));
    assert.deepEqual(answer, { ...wanted, idleTokenTimeoutSeconds: 1200 });
    await bodyOf(tokens.putTokensTimeout({ body: { ...before, inactivityTimeoutGroupBundles: [] } }));
  });

  await t.test('getTokensMe with preserveIdleTTL leaves dateTokenIdles where it was', async () => {
    await bodyOf(tokens.putTokensTimeout({ body: { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 1800 } }));
    const idles = async (opts) => new Date((await bodyOf(tokens.getTokensMe(opts))).dateTokenIdles).getTime();
    await idles();
    const before = await idles({ preserveIdleTTL: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await idles({ preserveIdleTTL: true }), before);
    await idles({ preserveIdleTTL: false });
    assert.ok((await idles({ preserveIdleTTL: true })) > before);
    await bodyOf(tokens.putTokensTimeout({ body: { enableIdleTokenTimeout: false, idleTokenTimeoutSeconds: 900 } }));
  });

  await t.test('putTokensTimeout refuses what is off its range', async () => {
    const refusal = await refusalOf(tokens.putTokensTimeout({ body: { idleTokenTimeoutSeconds: 100_000 } }));
    assertRefused(refusal, 400, 'invalid.value');
    assert.deepEqual(refusal.body.details, [{ errorCode: 'invalid.value', fieldName: 'idleTokenTimeoutSeconds' }]);
  });

  await t.test('deleteTokensMe', async () => {
    const other = newClient();
    await other.loginClientCredentialsGrant('demo-service', 'demo-secret');
    const own = interfacesOf(other).tokens;
    await assertDone(own.deleteTokensMe());
    assertRefused(await refusalOf(own.getTokensMe()), 401, 'bad.credentials');
    await assertDone(tokens.headTokensMe());
  });

  await t.test('deleteToken ends all tokens of a user', async () => {
    const { user, tokens: own } = await carol();
    await assertDone(tokens.deleteToken(user.id));
    assertRefused(await refusalOf(own.getTokensMe()), 401, 'bad.credentials');
    assertRefused(await refusalOf(tokens.deleteToken(nobody)), 404, 'not.found');
    carolsSession = undefined;
  });

  await t.test('forced logout, which the SDK knows by its path alone', async () => {
    const { user, tokens: own, browser } = await carol();
    const path = '/api/v2/apps/users/{userId}/logout';
    const json = ['application/json'];
    await assertDone(client.callApi(path, 'DELETE', { userId: user.id }, {}, {}, {}, null, ['PureCloud OAuth'], json, json));
    assertRefused(await refusalOf(own.getTokensMe()), 401, 'bad.credentials');
    carolsSession = undefined;
    assert.match((await browser.open('/logout')).body, /signed out/i, 'there is nobody to ask any more');
  });
});

test('OrganizationApi', async (t) => {
  await t.test('getOrganizationsMe', async () => {
    const { id, version, features, ...demo } = await bodyOf(organization.getOrganizationsMe());
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.ok(Number.isInteger(version));
    assert.deepEqual(features, { hipaa: false });
    assert.deepEqual(demo, {
      name: 'Demo',
      domain: 'demo',
      defaultLanguage: 'en',
      defaultCountryCode: 'US',
      state: 'active',
      selfUri: '/api/v2/organizations/me',
    });
  });

  await t.test('patchOrganizationsFeature', async () => {
    const { version } = await bodyOf(organization.getOrganizationsMe());
    assert.deepEqual(await bodyOf(organization.patchOrganizationsFeature('hipaa', { enabled: true })), { hipaa: true });
    const changed = await bodyOf(organization.getOrganizationsMe());
    assert.equal(changed.features.hipaa, true);
    assert.ok(changed.version > version);
    assert.deepEqual(await bodyOf(organization.patchOrganizationsFeature('hipaa', { enabled: false })), { hipaa: false });
    assertRefused(await refusalOf(organization.patchOrganizationsFeature('hipaa', {})), 400, 'invalid.value');
    assertRefused(await refusalOf(organization.patchOrganizationsFeature('chat', { enabled: true })), 404, 'not.found');
  });

  await t.test('getOrganizationsAuthenticationSettings and patchOrganizationsAuthenticationSettings', async () => {
    const before = await bodyOf(organization.getOrganizationsAuthenticationSettings());
    const change = {
      inactivityTimeoutExclusions: ['api/v2/users/me', 'GET api/v2/groups/{groupId}'],
      passwordRequirements: { ...before.passwordRequirements, minimumDigits: 1 },
    };
    try {
      const after = await bodyOf(organization.patchOrganizationsAuthenticationSettings(change));
      assert.deepEqual(after, { ...before, ...change });
      assert.deepEqual(await bodyOf(organization.getOrganizationsAuthenticationSettings()), after);
    } finally {
      assert.deepEqual(await bodyOf(organization.patchOrganizationsAuthenticationSettings(before)), before);
    }
    const refusal = await refusalOf(organization.patchOrganizationsAuthenticationSettings({ ipAddressAllowlist: ['here'] }));
    assertRefused(refusal, 400, 'invalid.value');
    assert.equal(refusal.body.details[0].fieldName, 'ipAddressAllowlist[0]');
  });
});

test('OAuthApi', async (t) => {
  await t.test('postOauthClients, getOauthClient, getOauthClients, putOauthClient, deleteOauthClient', async () => {
    const role = await newRole(['oauth:client:view']);
    const request = {
      name: unique('Robot'),
      description: 'a robot',
      accessTokenValiditySeconds: 3600,
      authorizedGrantType: 'CLIENT-CREDENTIALS',
      roleDivisions: [{ roleId: role.id, divisionId: '*' }],
      state: 'active',
    };
    const { secret, ...robot } = await bodyOf(oauth.postOauthClients(request));
    made.clients.push(robot.id);
    assert.deepEqual(robot, { ...robot, ...request, roleIds: [role.id] });
    assert.deepEqual(await bodyOf(oauth.getOauthClient(robot.id)), robot);
    const listed = await bodyOf(oauth.getOauthClients());
    assert.equal(listed.total >= listed.entities.length && listed.pageNumber, 1);

    const own = newClient();
    const { tokenExpiryTime } = await own.loginClientCredentialsGrant(robot.id, secret);
    assert.ok(Math.abs(tokenExpiryTime - Date.now() - 3_600_000) < 60_000);
    const seen = await bodyOf(interfacesOf(own).oauth.getOauthClient(robot.id));
    assert.equal(seen.name, request.name);
    const refusal = await refusalOf(interfacesOf(own).oauth.deleteOauthClient(robot.id));
    assertRefused(refusal, 403, 'missing.permissions');

    const renamed = await bodyOf(oauth.putOauthClient(robot.id, { ...robot, description: 'another robot', roleDivisions: [] }));
    assert.deepEqual(renamed, {
      ...robot,
      description: 'another robot',
      roleIds: [],
      roleDivisions: [],
      dateModified: renamed.dateModified,
    });
    await bodyOf(oauth.putOauthClient(robot.id, { ...renamed, state: 'disabled' }));
    assertRefused(await refusalOf(interfacesOf(own).tokens.getTokensMe()), 401, 'bad.credentials');
    await assertDone(oauth.deleteOauthClient(robot.id));
    assertRefused(await refusalOf(oauth.getOauthClient(robot.id)), 404, 'not.found');
  });

  await t.test('postOauthClientSecret', async () => {
    const robot = await bodyOf(oauth.postOauthClients({ name: unique('Robot'), authorizedGrantType: 'CLIENT-CREDENTIALS' }));
    made.clients.push(robot.id);
    const { secret } = await bodyOf(oauth.postOauthClientSecret(robot.id));
    assert.notEqual(secret, robot.secret);
    const refusal = await refusalOf(newClient().loginClientCredentialsGrant(robot.id, robot.secret));
    assert.equal(refusal.response.data.error, 'invalid_client');
    await newClient().loginClientCredentialsGrant(robot.id, secret);
  });

  await t.test('getOauthScopes, getOauthScope', async () => {
    const scopes = await bodyOf(oauth.getOauthScopes());
    assert.equal(scopes.total, scopes.entities.length);
    const openid = scopes.entities.find((scope) => scope.id === 'openid');
    assert.deepEqual(await bodyOf(oauth.getOauthScope('openid')), openid);
    assertRefused(await refusalOf(oauth.getOauthScope('none')), 404, 'not.found');
  });
});

test('UsersApi', async (t) => {
  await t.test('getUsersMe with expand', async () => {
    const alice = await signIn('alice@demo.example');
    const me = await bodyOf(alice.users.getUsersMe({ expand: ['groups', 'authorization', 'organization', 'presence'] }));
    assert.equal(me.name, 'Alice Agent');
    assert.equal(me.email, 'alice@demo.example');
    assert.equal(me.state, 'active');
    assert.ok(me.groups.some((group) => group.name === 'Agents' && group.selfUri === `/api/v2/groups/${group.id}`));
    assert.deepEqual(me.authorization, { roles: [], permissions: [] });
    assert.equal(me.organization.name, 'Demo');
    assertRefused(await refusalOf(users.getUsersMe()), 400, 'not.a.user');
  });

  await t.test('postUsers, getUser, getUsers, patchUser, deleteUser', async () => {
    const user = await newUser();
    assert.equal(user.state, 'active');
    assert.deepEqual(await bodyOf(users.getUser(user.id)), user);
    const found = await bodyOf(users.getUsers({ id: [user.id, nobody], state: 'any', pageSize: 5 }));
    assert.deepEqual([found.entities, found.total, found.pageSize, found.pageNumber], [[user], 1, 5, 1]);
    const renamed = await bodyOf(users.patchUser(user.id, { ...user, name: 'Carol the Second' }));
    assert.deepEqual(renamed, { ...user, name: 'Carol the Second', version: user.version + 1 });
    assertRefused(await refusalOf(users.patchUser(user.id, { ...user, name: 'Too late' })), 409, 'general.conflict');
    await assertDone(users.deleteUser(user.id));
    assertRefused(await refusalOf(users.getUser(user.id)), 404, 'not.found');
  });

  await t.test('postUserPassword, postUsersMePassword', async () => {
    const user = await newUser();
    await assertDone(users.postUserPassword(user.id, { newPassword: 'the first password' }));
    const dave = await signIn(user.email, 'the first password');
    const wrong = { oldPassword: password, newPassword: 'the second password' };
    const refusal = await refusalOf(dave.users.postUsersMePassword(wrong));
    assertRefused(refusal, 400, 'invalid.password');
    assert.equal(refusal.body.details[0].fieldName, 'oldPassword');
    await assertDone(dave.users.postUsersMePassword({ ...wrong, oldPassword: 'the first password' }));
    await signIn(user.email, 'the second password');
  });

  await t.test('getUserRoutingstatus, putUserRoutingstatus', async () => {
    const { user, users: own } = await carol();
    const before = await bodyOf(users.getUserRoutingstatus(user.id));
    assert.deepEqual([before.userId, before.status], [user.id, 'OFF_QUEUE']);
    const idle = await bodyOf(own.putUserRoutingstatus(user.id, { ...before, status: 'IDLE' }));
    assert.equal(idle.status, 'IDLE');
    assert.ok(new Date(idle.startTime) > new Date(before.startTime));
    assert.deepEqual(await bodyOf(own.getUserRoutingstatus(user.id)), idle);
    await bodyOf(own.putUserRoutingstatus(user.id, { status: 'OFF_QUEUE' }));
    const refusal = await refusalOf(own.putUserRoutingstatus(user.id, { status: 'INTERACTING' }));
    assertRefused(refusal, 403, 'missing.permissions');
  });
});

test('PresenceApi', async (t) => {
  await t.test('getUserPresencesPurecloud, patchUserPresencesPurecloud, getUserPresence, patchUserPresence', async () => {
    const { user, presence: own } = await carol();
    const before = await bodyOf(own.getUserPresencesPurecloud(user.id));
    assert.deepEqual([before.id, before.source, before.primary], [user.id, 'PURECLOUD', true]);
    const after = await bodyOf(
      own.patchUserPresencesPurecloud(user.id, { ...before, presenceDefinition: { id: onQueue }, message: 'desk 7' }),
    );
    assert.equal(after.presenceDefinition.systemPresence, 'On Queue');
    assert.equal(after.message, 'desk 7');
    assert.deepEqual(await bodyOf(presence.getUserPresence(user.id, 'purecloud')), after);
    const eating = await bodyOf(presence.patchUserPresence(user.id, 'PURECLOUD', { presenceDefinition: { id: meal } }));
    assert.equal(eating.presenceDefinition.systemPresence, 'Meal');
    const refusal = await refusalOf(own.patchUserPresencesPurecloud(user.id, { presenceDefinition: { id: nobody } }));
    assertRefused(refusal, 400, 'invalid.value');
    assert.equal(refusal.body.details[0].fieldName, 'presenceDefinition.id');
  });

  await t.test('getSystempresences, getPresenceDefinitions0, getPresenceDefinition0', async () => {
    const system = await bodyOf(presence.getSystempresences());
    assert.deepEqual(system.find(({ id }) => id === onQueue).name, 'On Queue');
    const definitions = await bodyOf(presence.getPresenceDefinitions0({ localeCode: 'ALL' }));
    assert.deepEqual(
      definitions.entities.map(({ id, systemPresence }) => [id, systemPresence]),
      system.map(({ id, name }) => [id, name]),
    );
    const one = await bodyOf(presence.getPresenceDefinition0(meal));
    assert.deepEqual(one, definitions.entities.find(({ id }) => id === meal));
    assertRefused(await refusalOf(presence.getPresenceDefinition0(nobody)), 404, 'not.found');
  });
});

/** Listens to a channel; `next` resolves to the next frame about a topic. */
async function listen(connectUri) {
  const socket = new WebSocket(connectUri);
  const frames = [];
  const waiting = [];
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(data));
    waiting.splice(0).forEach((look) => look());
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return {
    socket,
    closed: new Promise((resolve) => {
      socket.addEventListener('close', ({ code }) => resolve(code));
    }),
    async next(topic) {
      for (;;) {
        const found = frames.findIndex(({ topicName }) => topicName === topic);
        if (found >= 0) {
          return frames.splice(found, 1)[0];
        }
        await new Promise((resolve) => {
          waiting.push(resolve);
        });
      }
    },
  };
}

test('NotificationsApi', async (t) => {
  const { user, presence: ownPresence, notifications: own, tokens: ownTokens } = await carol();
  const presenceTopic = `v2.users.${user.id}.presence`;
  const tokensTopic = `v2.users.${user.id}.tokens`;
  let channel;
  let listener;

  await t.test('postNotificationsChannels, headNotificationsChannel, getNotificationsChannels', async () => {
    channel = await bodyOf(own.postNotificationsChannels());
    assert.ok(channel.connectUri.startsWith('ws://'));
    assert.ok(new Date(channel.expires) > new Date());
    await assertDone(own.headNotificationsChannel(channel.id));
    const { entities } = await bodyOf(own.getNotificationsChannels({ includechannels: 'token' }));
    assert.deepEqual(entities.map(({ id }) => id), [channel.id]);
    assert.equal((await refusalOf(notifications.headNotificationsChannel(channel.id))).status, 404);
    assertRefused(await refusalOf(notifications.getNotificationsChannelSubscriptions(channel.id)), 404, 'not.found');
  });

  await t.test('getNotificationsAvailabletopics', async () => {
    const { entities } = await bodyOf(own.getNotificationsAvailabletopics({ expand: ['description'] }));
    assert.ok(entities.some(({ id }) => id === 'v2.users.{id}.presence'));
  });

  await t.test('putNotificationsChannelSubscriptions, postNotificationsChannelSubscriptions', async () => {
    const replaced = await bodyOf(own.putNotificationsChannelSubscriptions(channel.id, [{ id: presenceTopic }]));
    assert.deepEqual(replaced.entities.map(({ id, state }) => [id, state]), [[presenceTopic, 'Permitted']]);
    const added = await bodyOf(
      own.postNotificationsChannelSubscriptions(
        channel.id,
        [...replaced.entities, { id: tokensTopic }, { id: `v2.users.${nobody}.presence` }],
        { ignoreErrors: true },
      ),
    );
    assert.deepEqual(added.entities.map(({ state }) => state), ['Permitted', 'Permitted', 'Rejected']);
    assert.ok(added.entities[2].rejectionReason.length > 0);
  });

  await t.test('getNotificationsChannelSubscriptions', async () => {
    const { entities } = await bodyOf(own.getNotificationsChannelSubscriptions(channel.id));
    assert.deepEqual(entities.map(({ id }) => id), [presenceTopic, tokensTopic]);
  });

  await t.test('a presence arrives over the WebSocket, and a ping is answered', async () => {
    listener = await listen(channel.connectUri);
    assert.equal((await listener.next('channel.metadata')).eventBody.message, 'WebSocket Heartbeat');
    const body = { presenceDefinition: { id: meal }, message: unique('lunch') };
    const shown = await bodyOf(ownPresence.patchUserPresencesPurecloud(user.id, body));
    const { eventBody, metadata } = await listener.next(presenceTopic);
    assert.deepEqual(eventBody.presenceDefinition.systemPresence, 'Meal');
    assert.deepEqual([eventBody.message, eventBody.modifiedDate], [shown.message, shown.modifiedDate]);
    assert.ok(metadata.correlationId);
    listener.socket.send(JSON.stringify({ message: 'ping' }));
    while ((await listener.next('channel.metadata')).eventBody.message !== 'pong');
  });

  await t.test('deleteNotificationsChannelSubscriptions', async () => {
    await assertDone(own.deleteNotificationsChannelSubscriptions(channel.id));
    assert.deepEqual((await bodyOf(own.getNotificationsChannelSubscriptions(channel.id))).entities, []);
  });

  await t.test('the end of the token is told, and closes the socket', async () => {
    await assertDone(ownTokens.deleteTokensMe());
    carolsSession = undefined;
    assert.equal((await listener.next('v2.system.token_revoked')).eventBody.reason, 'signed_out');
    assert.equal((await listener.next('v2.system.socket_closing')).eventBody.channelId, channel.id);
    assert.equal(await listener.closed, 4401);
  });
});

test('GroupsApi', async (t) => {
  await t.test('postGroups, getGroup, getGroups, putGroup, deleteGroup', async () => {
    const group = await newGroup();
    assert.deepEqual([group.memberCount, group.state, group.type], [0, 'active', 'official']);
    assert.deepEqual(await bodyOf(groups.getGroup(group.id)), group);
    const found = await bodyOf(groups.getGroups({ id: [group.id] }));
    assert.deepEqual([found.entities, found.total], [[group], 1]);
    const changed = await bodyOf(groups.putGroup(group.id, { body: { ...group, description: 'those who call' } }));
    assert.equal(changed.description, 'those who call');
    assert.equal(changed.version, group.version + 1);
    await assertDone(groups.deleteGroup(group.id));
    assertRefused(await refusalOf(groups.getGroup(group.id)), 404, 'not.found');
  });

  await t.test('postGroupMembers, getGroupMembers, deleteGroupMembers', async () => {
    const [group, first, second] = [await newGroup(), await newUser(), await newUser()];
    await groups.postGroupMembers(group.id, { memberIds: [first.id, second.id], version: group.version });
    const members = await bodyOf(groups.getGroupMembers(group.id, { pageSize: 1, sortOrder: 'ASC' }));
    assert.deepEqual([members.total, members.pageCount, members.entities.length], [2, 2, 1]);
    await groups.deleteGroupMembers(group.id, first.id);
    assert.deepEqual((await bodyOf(groups.getGroupMembers(group.id))).entities, [second]);
    const refusal = await refusalOf(groups.postGroupMembers(group.id, { memberIds: [nobody] }));
    assertRefused(refusal, 400, 'invalid.value');
  });
});

test('AuthorizationApi', async (t) => {
  await t.test('postAuthorizationRoles, getAuthorizationRole, getAuthorizationRoles, putAuthorizationRole', async () => {
    const role = await newRole(['oauth:client:view']);
    assert.deepEqual([role.permissions, role.userCount], [['oauth:client:view'], 0]);
    assert.deepEqual(await bodyOf(authorization.getAuthorizationRole(role.id)), role);
    const roles = await bodyOf(authorization.getAuthorizationRoles({ pageSize: 500 }));
    assert.deepEqual(roles.entities.find(({ id }) => id === role.id), role);
    const permissions = ['oauth:client:edit', 'oauth:client:view'];
    const whole = { ...role, permissions, default: false, base: false, roleNeedsUpdate: false };
    assert.deepEqual(await bodyOf(authorization.putAuthorizationRole(role.id, whole)), { ...role, permissions });
  });

  await t.test('putUserRoles, getUserRoles, deleteAuthorizationRole', async () => {
    const role = await newRole(['directory:user:view']);
    const { user, users: own } = await carol();
    await bodyOf(authorization.putUserRoles(user.id, [role.id]));
    const { roles, permissions } = await bodyOf(authorization.getUserRoles(user.id));
    assert.deepEqual([roles.map(({ id }) => id), permissions], [[role.id], ['directory:user:view']]);
    assert.equal((await bodyOf(own.getUser(user.id))).id, user.id);
    await assertDone(authorization.deleteAuthorizationRole(role.id));
    assertRefused(await refusalOf(own.getUser(user.id)), 403, 'missing.permissions');
  });

  await t.test('getAuthorizationPermissions', async () => {
    const { entities } = await bodyOf(authorization.getAuthorizationPermissions());
    const { permissionMap } = entities.find(({ domain }) => domain === 'oauth');
    assert.deepEqual(permissionMap.token, [{ domain: 'oauth', entityType: 'token', action: 'delete' }]);
  });
});

test('refusals', async (t) => {
  await t.test('without a token: 401 authentication.required', async () => {
    const refusal = await refusalOf(interfacesOf(newClient()).tokens.getTokensMe());
    assertRefused(refusal, 401, 'authentication.required');
  });

  await t.test('with a token that is none: 401 bad.credentials', async () => {
    const stranger = newClient();
    stranger.setAccessToken('no token');
    assertRefused(await refusalOf(interfacesOf(stranger).tokens.getTokensMe()), 401, 'bad.credentials');
  });

  await t.test('without the permission: 403 missing.permissions', async () => {
    const { organization: own } = await carol();
    const refusal = await refusalOf(own.patchOrganizationsFeature('hipaa', { enabled: true }));
    assertRefused(refusal, 403, 'missing.permissions');
    assert.match(refusal.body.message, /directory:organization:admin/);
  });

  await t.test('with a field that nobody knows: 400 invalid.value', async () => {
    const refusal = await refusalOf(tokens.putTokensTimeout({ body: { idleTokenTimeout: 300 } }));
    assertRefused(refusal, 400, 'invalid.value');
    assert.equal(refusal.body.details[0].fieldName, 'idleTokenTimeout');
  });

  await t.test('the SDK rejects with the body alone, unless it is asked for extended responses', async () => {
    const plain = newClient();
    plain.setReturnExtendedResponses(false);
    await plain.loginClientCredentialsGrant('demo-service', 'demo-secret');
    const refusal = await refusalOf(interfacesOf(plain).groups.getGroup(nobody));
    assert.deepEqual([refusal.status, refusal.code], [404, 'not.found']);
  });
});
