// Demo Desk: a small agent desktop that embeds Lapse.
import { desk, inWords } from './desk-client.js';

const POLL_EVERY_MS = 10_000;
const element = (id) => document.getElementById(id);

const drafts = {};
let conversations = [];

const lapse = desk({
  save: () => ({ drafts }),
  restore: (kept) => Object.assign(drafts, kept.drafts),
});

// --- conversations and drafts

const current = () => conversations.find(({ id }) => `#${id}` === location.hash) ?? conversations[0];

function showConversations() {
  const chosen = current();
  element('conversations').replaceChildren(...conversations.map(({ id, customer, subject }) => {
    const link = Object.assign(document.createElement('a'), { href: `#${id}` });
    link.append(Object.assign(document.createElement('strong'), { textContent: customer }),
      Object.assign(document.createElement('span'), { textContent: subject }));
    if (id === chosen.id) link.setAttribute('aria-current', 'true');
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
  element('subject').textContent = `${chosen.customer}: ${chosen.subject}`;
  element('messages').replaceChildren(...chosen.messages.map(({ from, text }) => {
    const message = Object.assign(document.createElement('li'), { className: from });
    message.append(Object.assign(document.createElement('span'), { className: 'who', textContent: from === 'agent' ? 'You' : chosen.customer }), text);
    return message;
  }));
  for (const field of ['draft', 'note']) element(field).value = drafts[chosen.id]?.[field] ?? '';
  element('card').contentWindow.postMessage({ customer: chosen.customer, since: chosen.since }, location.origin);
}

for (const field of ['draft', 'note']) {
  element(field).addEventListener('input', () => {
    drafts[current().id] = { ...drafts[current().id], [field]: element(field).value };
  });
}

// --- time left

function showTimeLeft() {
  const { secondsLeft, reason } = lapse.explain();
  element('seconds').textContent = inWords(secondsLeft);
  element('reason').textContent = reason ?? '';
}

async function doSomething() {
  const response = await lapse.fetch('/api/v2/tokens/me');
  if (response.ok) await lapse.look();
}

// --- a poll that nobody asks for, and a report that takes its time

async function poll(userId) {
  const response = await lapse.background(`/api/v2/users/${userId}/presences/purecloud`);
  const presence = await response.json();
  element('presence').textContent = presence.presenceDefinition?.systemPresence ?? 'unknown';
  setTimeout(poll, POLL_EVERY_MS, userId);
}

function makeReport() {
  const bar = element('progress');
  bar.value = 0;
  element('running').hidden = false;
  element('make-report').disabled = true;
  const release = lapse.hold('report', { max: bar.max * 2 });
  const step = setInterval(() => {
    bar.value += 1;
    if (bar.value < bar.max) return;
    clearInterval(step);
    release();
    element('running').hidden = true;
    element('make-report').disabled = false;
  }, 1000);
}

// --- the page

async function start() {
  const person = await lapse.start();
  conversations = await (await fetch('conversations.json')).json();
  element('person').textContent = `${person.name} (${person.groups.join(', ') || 'no group'})`;
  element('sign-out').hidden = false;
  element('desk').hidden = false;
  showConversations();
  showTimeLeft();
  setInterval(showTimeLeft, 250);
  poll(person.id);
}

window.addEventListener('hashchange', showConversations);
element('card').addEventListener('load', () => conversations.length && showConversations());
element('work').addEventListener('click', doSomething);
element('look').addEventListener('click', () => lapse.look());
element('make-report').addEventListener('click', makeReport);
element('sign-out').addEventListener('click', () => lapse.signOut());
start().catch((failure) => {
  element('person').textContent = failure.message;
});
