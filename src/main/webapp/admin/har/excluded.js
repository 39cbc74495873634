// Which calls an organization excludes, decided as the server does (org.lapse.rules.excludedapi), and what a call is called
// wherever the server names one (org.lapse.sessions.session.ActivitySources). Plain functions, for the browser and for Node.

const METHOD = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)\s+(\S.*)$/i;
const ANY_SEGMENT = /^\{[A-Za-z0-9_.-]+\}$/;
const PLAIN = /[A-Za-z0-9\-._~!$&'()+,=:@]/;
const LONGEST_WORD = 40;

/** The one spelling of a segment: what can stand for itself does, and all else is percent-encoded in capitals. */
function spelled(segment) {
  const bytes = new TextEncoder().encode(segment);
  let out = '';
  for (let at = 0; at < bytes.length; at++) {
    let unit = bytes[at];
    const hex = unit === 0x25 && /^%[0-9a-f]{2}/i.exec(String.fromCharCode(...bytes.slice(at, at + 3)));
    if (hex) {
      unit = parseInt(hex[0].slice(1), 16);
      at += 2;
    }
    const character = String.fromCharCode(unit);
    out += unit < 0x80 && PLAIN.test(character) ? character : `%${unit.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** The segments of a path in their one spelling: without empty ones, dots and matrix parameters. */
export function segments(path) {
  const names = [];
  for (const segment of path.split('/')) {
    const name = spelled(segment.split(';', 1)[0]);
    if (name === '..') {
      names.pop();
    } else if (name !== '' && name !== '.') {
      names.push(name);
    }
  }
  return names;
}

/** A pattern such as `GET api/v2/users/{id}` or `api/v2/reports/*`. */
function patternOf(text) {
  const [, method, rest] = METHOD.exec(text.trim()) ?? [undefined, undefined, text.trim()];
  const path = rest.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  const sent = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const subtree = sent.at(-1) === '*';
  const named = (subtree ? sent.slice(0, -1) : sent).map((segment) => (ANY_SEGMENT.test(segment) ? null : spelled(segment)));
  return { method: method?.toUpperCase(), named, subtree };
}

/**
 * @param {string[]} exclusions patterns, as the organization's settings have them
 * @returns {(method: string, path: string) => boolean} whether a call is excluded
 */
export function excludes(exclusions) {
  const patterns = exclusions.map(patternOf);
  return (method, path) => {
    const sent = segments(path);
    return patterns.some(({ method: only, named, subtree }) => (!only || only === method)
      && (subtree ? sent.length > named.length : sent.length === named.length)
      && named.every((name, i) => name === null || name === sent[i]));
  };
}

const isKept = (segment) => segment.length <= LONGEST_WORD && (/^[A-Za-z\-_.]+$/.test(segment) || /^v\d*$/.test(segment));

/** What a call is called: `GET api/v2/users/{}`. */
export const nameOf = (method, path) => `${method} ${segments(path).map((segment) => (isKept(segment) ? segment : '{}')).join('/')}`;

/** The pattern that excludes a call of that name; undefined for what cannot be excluded alone. */
export const exclusionOf = (name) => {
  const path = name.slice(name.indexOf(' ') + 1);
  return segments(path.replaceAll('{}', '')).length ? name.replaceAll('{}', '{id}') : undefined;
};
