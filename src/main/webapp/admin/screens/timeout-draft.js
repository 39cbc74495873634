// What an administrator has chosen for the organization and not saved yet, beside what the server has. Plain functions on
// plain objects: the screen shows them, and a lapse of the session does not lose them.

/**
 * @typedef {{key: string, name: string, seconds: number, unit: string, groups: string[]}} Bundle in the order of priority
 * @typedef {{enabled: boolean, seconds: number, unit: string, groupsEnabled: boolean, bundles: Bundle[], exclusions: string[]}} Choice
 */

export const MOST_BUNDLES = 5;
export const MOST_GROUPS = 25;
export const HIPAA_SECONDS = 900;

export const DEFAULT_APIS = [
  'api/v2/featuretoggles',
  'api/v2/diagnostics/newrelic/insights',
  'api/v2/diagnostics/trace',
  'api/v2/integrations/clientapps',
  'api/v2/users/me',
];

/** @returns {Choice} what the API's two answers say */
export function choiceOf(timeout, settings) {
  return {
    enabled: timeout.enableIdleTokenTimeout,
    seconds: timeout.idleTokenTimeoutSeconds,
    unit: timeout.inactivityTimeoutUnit,
    groupsEnabled: timeout.inactivityTimeoutGroupsEnabled,
    bundles: [...timeout.inactivityTimeoutGroupBundles]
      .sort((a, b) => a.priority - b.priority)
      .map(({ priority, name = '', timeoutSeconds, inactivityTimeoutUnit, groups }) => ({
        key: `bundle-${priority}`, name, seconds: timeoutSeconds, unit: inactivityTimeoutUnit, groups: [...groups],
      })),
    exclusions: [...settings.inactivityTimeoutExclusions],
  };
}

/** The body of `PUT /api/v2/tokens/timeout`. */
export const timeoutBody = (choice) => ({
  enableIdleTokenTimeout: choice.enabled,
  idleTokenTimeoutSeconds: choice.seconds,
  inactivityTimeoutUnit: choice.unit,
  inactivityTimeoutGroupsEnabled: choice.groupsEnabled,
  inactivityTimeoutGroupBundles: choice.bundles.map(({ name, seconds, unit, groups }, i) => ({
    priority: i + 1, name, timeoutSeconds: seconds, inactivityTimeoutUnit: unit, groups,
  })),
});

const text = (value) => JSON.stringify(value);
export const timeoutDiffers = (a, b) => text(timeoutBody(a)) !== text(timeoutBody(b));
export const exclusionsDiffer = (a, b) => text([...a.exclusions].sort()) !== text([...b.exclusions].sort());
export const differs = (a, b) => timeoutDiffers(a, b) || exclusionsDiffer(a, b);

export const groupsIn = (choice) => choice.bundles.reduce((sum, { groups }) => sum + groups.length, 0);

/** Groups that stand in more than one bundle. */
export function doubledGroups(choice) {
  const seen = new Map();
  for (const { groups } of choice.bundles) {
    groups.forEach((group) => seen.set(group, (seen.get(group) ?? 0) + 1));
  }
  return new Set([...seen].filter(([, times]) => times > 1).map(([group]) => group));
}

/** Bundles that never decide, because all of their groups stand in bundles with better priorities. */
export function shadowedBundles(choice) {
  const before = new Set();
  const shadowed = new Set();
  for (const { key, groups } of choice.bundles) {
    if (groups.length && groups.every((group) => before.has(group))) {
      shadowed.add(key);
    }
    groups.forEach((group) => before.add(group));
  }
  return shadowed;
}

/** The bundles with one of them at another place. */
export function moved(bundles, from, to) {
  const next = [...bundles];
  next.splice(Math.max(0, Math.min(next.length - 1, to)), 0, ...next.splice(from, 1));
  return next;
}

/** What differs, for people: `{what, values, before, after}`, where `what` is the name of a message. */
export function changes(before, after) {
  const found = [];
  const note = (what, from, to, values = {}) => text(from) !== text(to) && found.push({ what, before: from, after: to, values });
  note('enabled', before.enabled, after.enabled);
  note('seconds', before.seconds, after.seconds);
  note('groupsEnabled', before.groupsEnabled, after.groupsEnabled);
  const old = new Map(before.bundles.map((bundle, i) => [bundle.key, { ...bundle, priority: i + 1 }]));
  after.bundles.forEach((bundle, i) => {
    const was = old.get(bundle.key);
    old.delete(bundle.key);
    const values = { priority: i + 1 };
    if (!was) {
      found.push({ what: 'bundleAdded', values, after: bundle });
      return;
    }
    note('bundlePriority', was.priority, i + 1, values);
    note('bundleName', was.name, bundle.name, values);
    note('bundleSeconds', was.seconds, bundle.seconds, values);
    note('bundleGroups', was.groups, bundle.groups, values);
  });
  old.forEach((bundle) => found.push({ what: 'bundleRemoved', values: { priority: bundle.priority }, before: bundle }));
  after.exclusions.filter((api) => !before.exclusions.includes(api)).forEach((api) => found.push({ what: 'excluded', values: {}, after: api }));
  before.exclusions.filter((api) => !after.exclusions.includes(api)).forEach((api) => found.push({ what: 'included', values: {}, before: api }));
  return found;
}

/**
 * Brings one's own changes onto what somebody else has saved meanwhile. Where both changed the same, one's own stands, to be
 * looked at once more before it is saved.
 */
export function merge(before, mine, theirs) {
  const pick = (field) => (text(mine[field]) === text(before[field]) ? theirs[field] : mine[field]);
  const added = mine.exclusions.filter((api) => !before.exclusions.includes(api));
  const removed = before.exclusions.filter((api) => !mine.exclusions.includes(api));
  return {
    enabled: pick('enabled'),
    seconds: pick('seconds'),
    unit: pick('unit'),
    groupsEnabled: pick('groupsEnabled'),
    bundles: pick('bundles'),
    exclusions: [...new Set([...theirs.exclusions, ...added])].filter((api) => !removed.includes(api)),
  };
}

/** An API as it is excluded: `GET /api/v2/x?y=1` and whole addresses become `GET api/v2/x`. */
export function excludedApi(entry) {
  const [, method, rest] = /^(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+)?(.*)$/i.exec(entry.trim());
  const path = rest.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '').replace(/^\/+/, '').replace(/\/+$/, '');
  return method ? `${method.toUpperCase()} ${path}` : path;
}
