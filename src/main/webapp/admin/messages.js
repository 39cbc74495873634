// The console's words: one file for each language in messages/, and how that language writes numbers and times.

const LANGUAGES = ['en', 'de'];
const KEPT = 'lapse-console.language';

let language = 'en';
let locale = 'en';
let words = {};
let plurals = new Intl.PluralRules('en');

/** Reads the messages in the language that was chosen, or else the first of the browser's that there is. */
export async function readMessages() {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.split('-')[0])];
  language = wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
  const files = await Promise.all(['en', language].map((tag) => fetch(`/admin/messages/${tag}.json`)));
  const [english, chosen] = await Promise.all(files.map((file) => file.json()));
  words = { ...english, ...chosen };
  locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

export const languages = () => LANGUAGES.map((tag) => ({
  tag,
  name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag),
  chosen: tag === language,
}));

export async function chooseLanguage(tag) {
  localStorage.setItem(KEPT, tag);
  await readMessages();
}

/**
 * A message: `{name}` stands for a value, numbers as the language writes them. Where there is `count`, the forms are
 * chosen by it: `key.one`, `key.other`.
 */
export function t(key, values = {}) {
  const form = values.count === undefined ? undefined : `${key}.${plurals.select(values.count)}`;
  const message = words[form] ?? words[`${key}.other`] ?? words[key] ?? key;
  return message.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

/** Whether there is such a message. */
export const knows = (key) => key in words;

/** What there are messages for under a prefix, in the order of the file: `reason.FORCED` is for `FORCED` of `reason`. */
export const known = (prefix) => Object.keys(words).filter((key) => key.startsWith(`${prefix}.`)).map((key) => key.slice(prefix.length + 1));

export const number = (value) => new Intl.NumberFormat(locale).format(value);

export const dateTime = (value) =>
  value ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value)) : '';

export const timeOfDay = (value) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(value));

export const day = (value) =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(value));

const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

const unitOf = (value, unit, unitDisplay) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 0 }).format(value);

/** A length of time exactly: "1 hour, 30 minutes". */
export function duration(seconds, unitDisplay = 'long') {
  let left = Math.round(seconds);
  const parts = [];
  for (const [unit, length] of UNITS) {
    const whole = Math.floor(left / length);
    left -= whole * length;
    if (whole > 0) {
      parts.push(unitOf(whole, unit, unitDisplay));
    }
  }
  return parts.length
    ? new Intl.ListFormat(locale, { type: 'unit', style: unitDisplay === 'long' ? 'long' : 'narrow' }).format(parts)
    : unitOf(0, 'second', unitDisplay);
}

/** A length of time roughly, for a column: "4 min", "45 sec". */
export function roughly(seconds) {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size * (size === 60 ? 2 : 1)) ?? UNITS[3];
  return unitOf(Math.floor(Math.max(0, seconds) / length), unit, 'short');
}

/** How long ago: "4 minutes ago". */
export function ago(value, now = Date.now()) {
  const seconds = Math.max(0, (now - new Date(value).getTime()) / 1000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
    .format(-Math.floor(seconds / length), unit);
}

export const list = (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
