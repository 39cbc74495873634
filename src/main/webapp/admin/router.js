// Where one is in the console: #/screen/part?name=value. The fragment stays in the browser, so no filter that somebody
// types gets into a log, and it survives the way to the sign-in page and back.

/** @typedef {{screen: string, part: string, query: URLSearchParams}} Place */

/** @returns {Place} */
export function place() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [screen, ...part] = path.split('/').map(decodeURIComponent);
  return { screen: screen || 'overview', part: part.join('/'), query: new URLSearchParams(query) };
}

/** The address of a place; what is empty is left out of the query. */
export function href(screen, { part = '', query = {} } = {}) {
  const kept = Object.entries(query instanceof URLSearchParams ? Object.fromEntries(query) : query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
    .map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams(kept).toString();
  return `#/${screen}${part ? `/${encodeURIComponent(part)}` : ''}${search ? `?${search}` : ''}`;
}

/** Goes to a place, from which the back button returns. */
export function go(screen, where) {
  location.hash = href(screen, where);
}

/** The same screen with other values in its query; `replace` makes no step of it for the back button. */
export function refine(values, { replace = false } = {}) {
  const { screen, part, query } = place();
  const next = href(screen, { part, query: { ...Object.fromEntries(query), ...values } });
  if (next === location.hash) {
    return;
  }
  if (replace) {
    history.replaceState(history.state, '', next);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = next;
  }
}
