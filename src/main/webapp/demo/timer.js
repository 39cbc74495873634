// A page on which one watches what resets the inactivity timer, and what does not.
import { desk, inWords } from './desk-client.js';

const LONGEST_LOG = 200;
const element = (id) => document.getElementById(id);
const time = (date) => (date ? date.toLocaleTimeString() : '–');
const lapse = desk();

/** Writes a line; the same thing again counts up on the line that is there. */
function write(what) {
  const { secondsLeft } = lapse.explain();
  const log = element('log');
  const latest = log.rows[0];
  if (latest?.dataset.what === what) {
    latest.cells[0].textContent = time(new Date());
    latest.cells[2].textContent = Number(latest.cells[2].textContent) + 1;
    latest.cells[3].textContent = inWords(secondsLeft);
    return;
  }
  const row = log.insertRow(0);
  row.dataset.what = what;
  for (const text of [time(new Date()), what, 1, inWords(secondsLeft)]) row.insertCell().textContent = text;
  while (log.rows.length > LONGEST_LOG) log.deleteRow(-1);
}

function show() {
  const seen = lapse.explain();
  element('seconds').textContent = inWords(seen.secondsLeft);
  const lines = {
    'State': seen.state,
    'Ends at': time(seen.deadline),
    'Rule': `${seen.rule}. ${seen.reason ?? ''}`,
    'Seen last': `${seen.lastKind ?? 'nothing'} at ${time(seen.lastActivity)}`,
    'Last heartbeat': time(seen.lastHeartbeat),
    'Held by': seen.heldBy.join(', ') || 'nothing',
    'Held until': time(seen.heldUntil),
  };
  const list = element('explained');
  if (!list.childElementCount) {
    for (const name of Object.keys(lines)) {
      list.append(Object.assign(document.createElement('dt'), { textContent: name }), document.createElement('dd'));
    }
  }
  Object.values(lines).forEach((text, index) => {
    list.querySelectorAll('dd')[index].textContent = text;
  });
}

const attempts = {
  call: async () => {
    await lapse.fetch('/api/v2/tokens/me');
    write('call: it counts');
    await lapse.look();
  },
  background: async () => {
    await lapse.background('/api/v2/tokens/me');
    write('call in the background: it does not count');
    await lapse.look();
  },
  script: () => {
    element('try').click();
    write('click that a script made: it does not count');
  },
  hold: () => {
    const release = lapse.hold('a try', { max: 30 });
    setTimeout(release, 30_000);
    write('hold');
  },
  elsewhere: () => lapse.activity(),
  look: () => lapse.look(),
};

for (const button of document.querySelectorAll('[data-try]')) {
  button.addEventListener('click', attempts[button.dataset.try]);
}
lapse.addEventListener('activity', ({ detail }) => write(`activity: ${detail.kind}`));
lapse.addEventListener('deadline', () => write('deadline heard from the server'));
for (const type of ['warning', 'lock', 'unlock', 'end']) lapse.addEventListener(type, () => write(type));
element('sign-out').addEventListener('click', () => lapse.signOut());

lapse.start().then((person) => {
  element('person').textContent = person.name;
  element('sign-out').hidden = false;
  element('timer').hidden = false;
  show();
  setInterval(show, 250);
}, (failure) => {
  element('person').textContent = failure.message;
});
