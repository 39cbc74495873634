// Demo Desk: signs in by authorization code with PKCE, shows how much time is left, and comes back to the same place.

const CLIENT = 'demo-desk';
const REDIRECT = new URL('/demo/', location.origin).href;
const STATUS_EVERY_MS = 2000;

const element = (id) => document.getElementById(id);
const kept = {
  get: (key) => sessionStorage.getItem(`demo-desk.${key}`),
  set: (key, value) => sessionStorage.setItem(`demo-desk.${key}`, value),
  forget: (...keys) => keys.forEach((key) => sessionStorage.removeItem(`demo-desk.${key}`)),
};

let deadline;
let looking;

// --- sign-in -----------------------------------------------------------------------------------------------------

const base64Url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const randomText = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

async function signIn(reason) {
  const verifier = randomText();
  const state = randomText();
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  kept.set('verifier', verifier);
  kept.set('state', state);
  kept.set('place', location.hash);
  const address = new URL('/oauth/authorize', location.origin);
  address.search = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: base64Url(new Uint8Array(challenge)),
    code_challenge_method: 'S256',
    ...(reason ? { reason } : {}),
  });
  location.assign(address);
}

async function comeBack(answer) {
  const place = kept.get('place') ?? '';
  const expected = kept.get('state');
  const verifier = kept.get('verifier');
  kept.forget('state', 'verifier', 'place');
  history.replaceState(null, '', `/demo/${place}`);
  if (!answer.has('code') || answer.get('state') !== expected) {
    throw new Error(answer.get('error_description') ?? 'The sign-in was not completed.');
  }
  const response = await fetch('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.get('code'),
      redirect_uri: REDIRECT,
      client_id: CLIENT,
      code_verifier: verifier,
    }),
  });
  const tokens = await response.json();
  if (!response.ok) {
    throw new Error(tokens.error_description ?? 'The sign-in was not completed.');
  }
  kept.set('token', tokens.access_token);
  kept.set('id-token', tokens.id_token);
}

async function signOut() {
  await call('DELETE', 'tokens/me');
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/logout';
  for (const [name, value] of Object.entries({
    id_token_hint: kept.get('id-token'), client_id: CLIENT, post_logout_redirect_uri: REDIRECT,
  })) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  kept.forget('token', 'id-token');
  document.body.append(form);
  form.submit();
}

// --- calls -------------------------------------------------------------------------------------------------------

async function call(method, path, { background = false, body } = {}) {
  const response = await fetch(`/api/v2/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${kept.get('token')}`,
      ...(background ? { 'X-Background-Request': '1' } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

/** Makes a call; an ended session goes to the sign-in, a locked one to the dialog. Answers undefined then. */
async function use(method, path, options) {
  const { status, body } = await call(method, path, options);
  if (status !== 401) {
    return body;
  }
  stopLooking();
  if (body.code === 'insufficient_user_authentication') {
    showDialog();
  } else {
    kept.forget('token');
    await signIn('inactivity');
  }
  return undefined;
}

// --- time left ---------------------------------------------------------------------------------------------------

async function askTimeLeft(background) {
  const left = await use('POST', 'tokens/me/activity', { background });
  if (left) {
    deadline = performance.now() + left.secondsLeft * 1000;
    element('reason').textContent = left.reason;
    showTimeLeft();
  }
}

function showTimeLeft() {
  const seconds = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
  const minutes = Math.floor(seconds / 60);
  element('seconds').textContent =
    seconds < 120 ? `${seconds} s` : minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

function startLooking() {
  looking = [setInterval(() => askTimeLeft(true), STATUS_EVERY_MS), setInterval(showTimeLeft, 250)];
}

function stopLooking() {
  looking?.forEach(clearInterval);
}

// --- the locked session ------------------------------------------------------------------------------------------

function showDialog() {
  element('username').value = kept.get('username') ?? '';
  element('password').value = '';
  element('refusal').textContent = '';
  element('desk').hidden = true;
  if (!element('relogin').open) {
    element('relogin').showModal();
  }
  element('password').focus();
}

async function relogin(event) {
  event.preventDefault();
  const { status, body } = await call('POST', 'relogin', { body: { password: element('password').value } });
  if (status === 200) {
    element('relogin').close();
    element('desk').hidden = false;
    startLooking();
    await askTimeLeft(true);
  } else if (status === 401) {
    kept.forget('token');
    await signIn('ended');
  } else {
    element('refusal').textContent = body.message;
    element('password').select();
  }
}

async function cancel() {
  if (window.confirm('Close the session? What is not saved is lost.')) {
    await call('POST', 'relogin/cancel', { body: { confirmed: true } });
    kept.forget('token');
    await signIn('ended');
  }
}

// --- the page ----------------------------------------------------------------------------------------------------

function showPlace() {
  const here = location.hash || '#inbox';
  for (const link of document.querySelectorAll('nav a')) {
    const current = link.hash === here;
    link.toggleAttribute('aria-current', current);
    if (current) {
      link.setAttribute('aria-current', 'page');
      element('place').textContent = link.textContent;
    }
  }
}

async function start() {
  const answer = new URLSearchParams(location.search);
  if (answer.has('state')) {
    await comeBack(answer);
  }
  if (!kept.get('token')) {
    await signIn();
    return;
  }
  const person = await use('GET', 'users/me', { background: true });
  if (!person) {
    return;
  }
  kept.set('username', person.username);
  element('person').textContent = `${person.name} (${person.groups.join(', ') || 'no group'})`;
  element('draft').value = kept.get('draft') ?? '';
  element('sign-out').hidden = false;
  element('desk').hidden = false;
  showPlace();
  startLooking();
  await askTimeLeft(true);
}

window.addEventListener('hashchange', showPlace);
element('draft').addEventListener('input', () => kept.set('draft', element('draft').value));
element('work').addEventListener('click', () => askTimeLeft(false));
element('look').addEventListener('click', () => askTimeLeft(true));
element('sign-out').addEventListener('click', signOut);
element('relogin-form').addEventListener('submit', relogin);
element('relogin').addEventListener('cancel', (event) => event.preventDefault());
element('cancel').addEventListener('click', cancel);
start().catch((failure) => {
  element('person').textContent = failure.message;
});
