// Organization Settings > Authentication: the inactivity timeouts, and the calls that do not count as activity.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { get, patch, post, put, read } from '../api.js';
import { Screen } from '../element.js';
import { duration, list, number, t } from '../messages.js';
import { drafts, may } from '../session.js';
import { decisionOf } from '../parts/decision.js';
import { ask } from '../parts/dialog.js';
import { findApplications, findGroups, findPeople } from '../parts/people.js';
import { timeoutOf } from '../parts/words.js';
import {
  changes, choiceOf, DEFAULT_APIS, differs, doubledGroups, excludedApi, exclusionsDiffer, groupsIn, HIPAA_SECONDS, merge,
  moved, MOST_BUNDLES, MOST_GROUPS, shadowedBundles, timeoutBody, timeoutDiffers,
} from './timeout-draft.js';
import '../parts/table.js';
import '../parts/type-ahead.js';

const PAUSE = 350;
const UNITS = { Minutes: 60, Hours: 3600 };
const METHODS = ['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

class AuthenticationScreen extends Screen {
  static properties = {
    choice: { state: true },
    preview: { state: true },
    previewFailure: { state: true },
    person: { state: true },
    application: { state: true },
    saving: { state: true },
    conflict: { state: true },
    refused: { state: true },
    dragged: { state: true },
    over: { state: true },
    method: { state: true },
  };

  constructor() {
    super();
    this.past = [];
    this.names = new Map();
    this.method = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.pause);
  }

  async read() {
    const server = await this.readServer();
    const kept = drafts.settings;
    if (kept && differs(kept.before, server.choice)) {
      this.choice = merge(kept.before, kept.choice, server.choice);
    } else {
      this.choice = kept?.choice ?? server.choice;
    }
    await this.nameGroups(this.choice);
    this.keep(server.choice);
    this.look(0);
    return server;
  }

  async readServer() {
    const [timeout, settings, organization] = await Promise.all([
      read('tokens/timeout'), read('organizations/authentication/settings'), get('organizations/me'),
    ]);
    return {
      choice: choiceOf(timeout.body, settings.body),
      etags: { timeout: timeout.etag, settings: settings.etag },
      hipaa: organization.features.hipaa,
      secondFactor: settings.body.multifactorAuthenticationRequired,
    };
  }

  async nameGroups({ bundles }) {
    const unknown = [...new Set(bundles.flatMap(({ groups }) => groups))].filter((id) => !this.names.has(id));
    if (unknown.length) {
      const found = await get('groups', { id: unknown.join(','), pageSize: 500 }, { background: true });
      found.entities.forEach(({ id, name, memberCount }) => this.names.set(id, { name, members: memberCount }));
    }
  }

  // --- changing

  /** Makes a change, which can be taken back. */
  change(values) {
    this.past.push(this.choice);
    this.choice = { ...this.choice, ...values };
    this.refused = undefined;
    this.keep();
    this.look();
  }

  /** A draft outlives the screen, and a lapse of the session. */
  keep(before = this.data.choice) {
    if (differs(before, this.choice)) {
      drafts.settings = { before, choice: this.choice };
    } else {
      delete drafts.settings;
    }
    this.dispatchEvent(new CustomEvent('drafted', { bubbles: true }));
  }

  undo = () => {
    this.choice = this.past.pop();
    this.refused = undefined;
    this.keep();
    this.look();
  };

  discard = () => {
    this.change(this.data.choice);
    this.past = [];
    this.conflict = undefined;
  };

  changeBundle(key, values) {
    this.change({ bundles: this.choice.bundles.map((bundle) => (bundle.key === key ? { ...bundle, ...values } : bundle)) });
  }

  addBundle = async () => {
    const key = `bundle-${crypto.randomUUID()}`;
    this.change({ bundles: [...this.choice.bundles, { key, name: '', seconds: 1800, unit: 'Minutes', groups: [] }] });
    await this.updateComplete;
    this.querySelector(`[data-bundle="${key}"] input[type="number"]`)?.focus();
  };

  async move(key, to, focus) {
    const from = this.choice.bundles.findIndex((bundle) => bundle.key === key);
    const place = Math.max(0, Math.min(this.choice.bundles.length - 1, to));
    if (from === place) {
      return;
    }
    this.change({ bundles: moved(this.choice.bundles, from, place) });
    this.said = t('bundle.movedTo', { priority: place + 1, of: this.choice.bundles.length });
    this.requestUpdate();
    await this.updateComplete;
    const tile = this.querySelector(`[data-bundle="${key}"]`);
    const wanted = focus && tile.querySelector(focus);
    (wanted && !wanted.disabled ? wanted : focus && tile.querySelector('.handle'))?.focus();
  }

  // --- looking ahead

  look(pause = PAUSE) {
    clearTimeout(this.pause);
    this.pause = setTimeout(async () => {
      const asked = (this.asked = Symbol('asked'));
      const query = new URLSearchParams();
      if (this.person) {
        query.set('userId', this.person.value);
        if (this.application) {
          query.set('applicationId', this.application.value);
        }
      }
      try {
        const preview = await post(`tokens/timeout/preview?${query}`, timeoutBody(this.choice), { background: true });
        if (this.asked === asked) {
          this.preview = preview;
          this.previewFailure = undefined;
        }
      } catch (error) {
        if (this.asked === asked) {
          this.previewFailure = error;
        }
      }
    }, pause);
  }

  // --- saving

  save = async () => {
    if (this.saving) {
      return;
    }
    this.saving = true;
    const before = this.data;
    const wanted = this.choice;
    let { choice, etags } = before;
    try {
      if (timeoutDiffers(choice, wanted)) {
        const saved = await put('tokens/timeout', timeoutBody(wanted), { ifMatch: etags.timeout });
        choice = { ...choiceOf(saved.body, { inactivityTimeoutExclusions: choice.exclusions }) };
        etags = { ...etags, timeout: saved.etag };
      }
      if (exclusionsDiffer(choice, wanted)) {
        const saved = await patch('organizations/authentication/settings', { inactivityTimeoutExclusions: wanted.exclusions }, { ifMatch: etags.settings });
        choice = { ...choice, exclusions: saved.body.inactivityTimeoutExclusions };
        etags = { ...etags, settings: saved.etag };
      }
      this.saved({ ...before, choice, etags });
      this.announce(t('settings.saved'), { action: { label: t('action.undo'), run: () => this.takeBack(before.choice) } });
    } catch (error) {
      if (error.status === 412 || error.status === 409) {
        await this.meetConflict(before);
      } else {
        this.data = { ...before, choice, etags };
        this.keep();
        this.refused = error;
        this.complain(error);
      }
    } finally {
      this.saving = false;
    }
  };

  saved(data) {
    this.data = data;
    this.choice = data.choice;
    this.past = [];
    this.conflict = undefined;
    this.refused = undefined;
    this.keep();
    this.look(0);
  }

  /** Saves what was there before; the administrator has just seen both. */
  async takeBack(choice) {
    this.choice = choice;
    await this.save();
  }

  async meetConflict(before) {
    try {
      const theirs = await this.readServer();
      await this.nameGroups(theirs.choice);
      this.conflict = { theirs: changes(before.choice, theirs.choice) };
      const mine = this.choice;
      this.data = theirs;
      this.choice = merge(before.choice, mine, theirs.choice);
      this.past = [];
      this.keep();
      this.look(0);
      await this.updateComplete;
      this.querySelector('.conflict')?.focus();
    } catch (error) {
      this.complain(error);
    }
  }

  async switchHipaa(on) {
    const confirmed = await ask({
      title: t(on ? 'hipaa.on.title' : 'hipaa.off.title'),
      body: html`<p>${t(on ? 'hipaa.on.effect' : 'hipaa.off.effect')}</p>`,
      confirm: t(on ? 'hipaa.on.confirm' : 'hipaa.off.confirm'),
      dangerous: true,
    });
    if (!confirmed) {
      return;
    }
    try {
      await patch('organizations/features/hipaa', { enabled: on });
      await this.reload();
      this.announce(t(on ? 'hipaa.on.done' : 'hipaa.off.done'));
    } catch (error) {
      this.complain(error);
    }
  }

  async switchSecondFactor(on) {
    const confirmed = await ask({
      title: t(on ? 'factor.on.title' : 'factor.off.title'),
      body: html`<p>${t(on ? 'factor.on.effect' : 'factor.off.effect')}</p>`,
      confirm: t(on ? 'factor.on.confirm' : 'factor.off.confirm'),
      dangerous: true,
    });
    if (!confirmed) {
      return;
    }
    try {
      await patch('organizations/authentication/settings', { multifactorAuthenticationRequired: on });
      await this.reload();
      this.announce(t(on ? 'factor.on.done' : 'factor.off.done'));
    } catch (error) {
      this.complain(error);
    }
  }

  // --- showing

  show({ choice: before, hipaa, secondFactor }) {
    const choice = this.choice;
    const found = changes(before, choice);
    return html`
      <div class="head">
        <div><p class="crumbs">${t('screen.settings')}</p><h1 tabindex="-1">${t('settings.title')}</h1></div>
      </div>
      ${this.conflict ? this.conflictNotice() : nothing}
      ${hipaa ? this.hipaaNotice(choice) : nothing}
      <div class="settings">
        <div>
          ${this.organizationWide(choice, hipaa)}
          ${this.groupSpecific(choice, hipaa)}
          ${this.excluded(choice)}
          ${this.hipaaCard(hipaa)}
          ${this.secondFactorCard(secondFactor)}
        </div>
        ${this.whoGetsWhat()}
      </div>
      ${found.length ? this.saveBar(found) : nothing}
      <span class="aside" role="status">${this.said ?? ''}</span>`;
  }

  length(id, { seconds, unit }, hipaa, path, changed, disabled = false) {
    const value = Math.round((seconds / UNITS[unit]) * 1000) / 1000;
    const error = [this.refused, this.previewFailure].flatMap((failure) => failure?.fields ?? []).find(({ fieldName }) => fieldName === path)
      && (this.refused ?? this.previewFailure).message;
    // What is being typed stays, whatever is shown anew meanwhile.
    const text = this.typing?.id === id ? this.typing.text : String(value);
    return html`<fieldset class="length">
      <legend class="aside">${t('timeout.label')}</legend>
      <div class="with-unit">
        <div><label for=${`${id}-value`}>${t('timeout.label')}</label>
          <input id=${`${id}-value`} type="number" min="0" step="any" inputmode="decimal" .value=${live(text)} ?disabled=${disabled}
            aria-invalid=${error ? 'true' : 'false'} aria-describedby=${`${id}-hint`}
            @input=${(event) => { this.typing = { id, text: event.target.value }; }}
            @change=${(event) => {
              this.typing = undefined;
              const typed = Number(event.target.value);
              if (typed > 0) {
                changed({ seconds: Math.round(typed * UNITS[unit]) });
              } else {
                this.requestUpdate();
              }
            }}></div>
        <div><label for=${`${id}-unit`}>${t('timeout.unit')}</label>
          <select id=${`${id}-unit`} ?disabled=${disabled}
            @change=${(event) => {
              const typed = Number(event.target.closest('.with-unit').querySelector('input').value) || value;
              changed({ unit: event.target.value, seconds: Math.round(typed * UNITS[event.target.value]) });
            }}>
            ${Object.keys(UNITS).map((name) => html`<option value=${name} .selected=${name === unit}>${t(`unit.${name}`)}</option>`)}
          </select></div>
      </div>
      <p id=${`${id}-hint`} class=${error ? 'field-error' : 'quiet'}>${error || (hipaa && seconds > HIPAA_SECONDS
        ? t('timeout.capped', { from: duration(seconds), to: duration(HIPAA_SECONDS) })
        : t('timeout.range'))}</p>
    </fieldset>`;
  }

  organizationWide(choice, hipaa) {
    return html`<section class="card" aria-labelledby="organization-wide">
      <div class="card-head">
        <div><h2 id="organization-wide">${t('settings.organizationWide')}</h2><p class="quiet">${t('settings.organizationWideMore')}</p></div>
      </div>
      <p><label class="check"><input type="checkbox" .checked=${live(choice.enabled)} @change=${(event) => this.change({ enabled: event.target.checked })}>
        ${t('settings.enableOrganizationWide')}</label></p>
      ${this.length('organization', choice, hipaa, 'idleTokenTimeoutSeconds', (values) => this.change(values), !choice.enabled)}
    </section>`;
  }

  groupSpecific(choice, hipaa) {
    const groups = groupsIn(choice);
    const doubled = doubledGroups(choice);
    const shadowed = shadowedBundles(choice);
    return html`<section class="card" aria-labelledby="group-specific">
      <div class="card-head">
        <div><h2 id="group-specific">${t('settings.groupSpecific')}</h2><p class="quiet">${t('settings.groupSpecificMore')}</p></div>
        <span class="badge" data-counter>${t('bundle.counter', { bundles: choice.bundles.length, mostBundles: MOST_BUNDLES, groups, mostGroups: MOST_GROUPS })}</span>
      </div>
      <p><label class="check"><input type="checkbox" .checked=${live(choice.groupsEnabled)} @change=${(event) => this.change({ groupsEnabled: event.target.checked })}>
        ${t('settings.enableGroupSpecific')}</label></p>
      ${!choice.groupsEnabled && choice.bundles.length ? html`<p class="notice warn">${t('bundle.off')}</p>` : nothing}
      ${doubled.size ? html`<p class="notice warn">${t('bundle.doubled', { count: doubled.size, groups: list([...doubled].map((id) => this.nameOf(id))) })}</p>` : nothing}
      ${groups > MOST_GROUPS ? html`<p class="notice bad">${t('bundle.tooManyGroups', { most: MOST_GROUPS })}</p>` : nothing}
      ${choice.bundles.length
        ? html`<p class="quiet" id="bundles-help">${t('bundle.help')}</p>
          <ol class="bundles" aria-label=${t('bundle.list')}>
            ${repeat(choice.bundles, ({ key }) => key, (bundle, i) => this.bundle(bundle, i, { hipaa, doubled, shadowed: shadowed.has(bundle.key), last: choice.bundles.length - 1 }))}
          </ol>`
        : html`<p class="quiet">${t('bundle.none')}</p>`}
      <div class="tools">
        <button type="button" class="second" ?disabled=${choice.bundles.length >= MOST_BUNDLES} @click=${this.addBundle}>${t('bundle.add')}</button>
        ${choice.bundles.length >= MOST_BUNDLES ? html`<span class="quiet">${t('bundle.full', { most: MOST_BUNDLES })}</span>` : nothing}
      </div>
    </section>`;
  }

  bundle(bundle, i, { hipaa, doubled, shadowed, last }) {
    const name = bundle.name ? t('bundle.called', { priority: i + 1, name: bundle.name }) : t('bundle.name', { priority: i + 1 });
    const { key } = bundle;
    return html`<li class=${`bundle${this.dragged === key ? ' dragged' : ''}${this.over === key && this.dragged !== key ? ' over' : ''}`} data-bundle=${key}
        @dragstart=${(event) => { this.dragged = key; event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', name); }}
        @dragover=${(event) => { if (this.dragged) { event.preventDefault(); this.over = key; } }}
        @drop=${(event) => { event.preventDefault(); if (this.dragged) { this.move(this.dragged, i); } }}
        @dragend=${(event) => { event.currentTarget.draggable = false; this.dragged = this.over = undefined; }}>
      <div class="grip">
        <span class="priority" title=${name}>${i + 1}</span>
        <button type="button" class="icon handle" aria-label=${t('bundle.drag', { name })} aria-describedby="bundles-help"
          @pointerdown=${(event) => { event.currentTarget.closest('li').draggable = true; }}
          @pointerup=${(event) => { event.currentTarget.closest('li').draggable = false; }}
          @keydown=${(event) => this.pressHandle(event, key, i)}><span aria-hidden="true">⠿</span></button>
      </div>
      <div class="bundle-body">
        <h3 class="aside">${name}</h3>
        <div class="bundle-fields">
          <div><label for=${`${key}-name`}>${t('bundle.label')}</label>
            <input id=${`${key}-name`} type="text" maxlength="100" autocomplete="off" .value=${live(bundle.name)} @change=${(event) => this.changeBundle(key, { name: event.target.value.trim() })}></div>
          ${this.length(key, bundle, hipaa, `inactivityTimeoutGroupBundles[${i}].timeoutSeconds`, (values) => this.changeBundle(key, values))}
          <div>
            <type-ahead label=${t('bundle.addGroup', { name })} placeholder=${t('bundle.addGroupHint')}
              .source=${async (text) => (await findGroups(text)).filter(({ value }) => !bundle.groups.includes(value)).map((group) => ({ ...group, hint: t('people.members', { count: group.members, number: number(group.members) }) }))}
              @pick=${({ detail }) => { this.names.set(detail.value, { name: detail.label, members: detail.members }); this.changeBundle(key, { groups: [...bundle.groups, detail.value] }); }}></type-ahead>
            <ul class="chips" aria-label=${t('bundle.groups', { name })}>
              ${bundle.groups.map((id) => html`<li class=${doubled.has(id) ? 'chip doubled' : 'chip'}>
                <span>${this.nameOf(id)}${doubled.has(id) ? html`<span class="aside"> ${t('bundle.doubledOne')}</span>` : nothing}</span>
                <button type="button" class="icon" aria-label=${t('bundle.removeGroup', { group: this.nameOf(id), name })}
                  @click=${() => this.changeBundle(key, { groups: bundle.groups.filter((group) => group !== id) })}><span aria-hidden="true">×</span></button></li>`)}
            </ul>
          </div>
        </div>
        ${shadowed ? html`<p class="notice warn">${t('bundle.shadowed')}</p>` : nothing}
        ${bundle.groups.length ? nothing : html`<p class="quiet">${t('bundle.empty')}</p>`}
      </div>
      <div class="bundle-tools">
        <button type="button" class="second small up" ?disabled=${i === 0} aria-label=${t('bundle.upOf', { name })} @click=${() => this.move(key, i - 1, '.up')}>${t('bundle.up')}</button>
        <button type="button" class="second small down" ?disabled=${i === last} aria-label=${t('bundle.downOf', { name })} @click=${() => this.move(key, i + 1, '.down')}>${t('bundle.down')}</button>
        <button type="button" class="second small" aria-label=${t('bundle.removeOf', { name })} @click=${() => this.change({ bundles: this.choice.bundles.filter((one) => one.key !== key) })}>${t('bundle.remove')}</button>
      </div>
    </li>`;
  }

  pressHandle(event, key, i) {
    const to = { ArrowUp: i - 1, ArrowDown: i + 1, Home: 0, End: this.choice.bundles.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.move(key, to, '.handle');
    }
  }

  nameOf(group) {
    return this.names.get(group)?.name ?? group;
  }

  excluded(choice) {
    const custom = choice.exclusions.filter((api) => !DEFAULT_APIS.includes(api));
    const add = (entries) => {
      const fresh = entries.map(excludedApi).filter((api) => api && !choice.exclusions.includes(api));
      if (fresh.length) {
        this.change({ exclusions: [...new Set([...choice.exclusions, ...fresh])] });
      }
    };
    const withMethod = (entry) => (this.method && !/^[A-Z]+\s/i.test(entry.trim()) ? `${this.method} ${entry}` : entry);
    const wrong = this.refused?.fields.map(({ fieldName }) => /^inactivityTimeoutExclusions\[(\d+)]$/.exec(fieldName)).find(Boolean);
    return html`<section class="card" aria-labelledby="excluded">
      <div class="card-head"><div><h2 id="excluded">${t('excluded.title')}</h2><p class="quiet">${t('excluded.more')}</p></div></div>
      <h3>${t('excluded.defaults')}</h3>
      <ul class="plain-list switches">
        ${DEFAULT_APIS.map((api) => html`<li><label class="check"><input type="checkbox" role="switch" class="switch" .checked=${live(choice.exclusions.includes(api))}
          @change=${(event) => this.change({ exclusions: event.target.checked ? [...choice.exclusions, api] : choice.exclusions.filter((one) => one !== api) })}>
          <code>${api}</code></label></li>`)}
      </ul>
      <h3>${t('excluded.custom')}</h3>
      <div class="with-method">
        <div><label for="excluded-method">${t('excluded.method')}</label>
          <select id="excluded-method" @change=${(event) => (this.method = event.target.value)}>
            ${METHODS.map((method) => html`<option value=${method} .selected=${method === this.method}>${method || t('excluded.anyMethod')}</option>`)}
          </select></div>
        <type-ahead label=${t('excluded.path')} hint=${t('excluded.hint')} placeholder="api/v2/…" free
          .source=${async (text) => this.knownApis(text)}
          @pick=${({ detail }) => add([detail.value])}
          @typed=${({ detail }) => add([withMethod(detail)])}
          @pasted=${({ detail }) => add(detail.map(withMethod))}></type-ahead>
      </div>
      ${wrong ? html`<p class="field-error" role="alert">${choice.exclusions[Number(wrong[1])]}: ${this.refused.message}</p>` : nothing}
      ${custom.length
        ? html`<ul class="plain-list custom-apis" aria-label=${t('excluded.custom')}>
            ${custom.map((api) => html`<li><code>${api}</code>
              <button type="button" class="second small" aria-label=${t('excluded.removeOf', { api })}
                @click=${() => this.change({ exclusions: choice.exclusions.filter((one) => one !== api) })}>${t('excluded.remove')}</button></li>`)}
          </ul>`
        : html`<p class="quiet">${t('excluded.none')}</p>`}
    </section>`;
  }

  async knownApis(text) {
    const [, method, path] = /^(?:([A-Z]+)\s+)?\/?(.*)$/i.exec(text);
    const found = await get('apis', { contains: path, pageSize: 50 }, { background: true });
    const wanted = (method ?? this.method).toUpperCase();
    return found.entities
      .filter((api) => !wanted || api.method === wanted)
      .slice(0, 12)
      .map((api) => ({ value: `${api.method} ${api.path}`.trim(), label: `${api.method} ${api.path}`.trim() }));
  }

  hipaaNotice(choice) {
    const capped = [];
    if (choice.enabled && choice.seconds > HIPAA_SECONDS) {
      capped.push(t('hipaa.cappedOrganization', { time: duration(choice.seconds) }));
    }
    if (choice.groupsEnabled) {
      choice.bundles.forEach(({ seconds }, i) => {
        if (seconds > HIPAA_SECONDS) {
          capped.push(t('hipaa.cappedBundle', { priority: i + 1, time: duration(seconds) }));
        }
      });
    }
    return html`<div class="notice" data-hipaa><strong>${t('hipaa.notice')}</strong> ${t('hipaa.rule')}
      ${capped.length ? html`<br>${t('hipaa.capped')} ${list(capped)}.` : nothing}
      ${!choice.enabled ? html`<br>${t('hipaa.evenOff')}` : nothing}</div>`;
  }

  secondFactorCard(required) {
    return may('directory:organization:admin')
      ? html`<section class="card" aria-labelledby="second-factor"><div class="card-head">
          <div><h2 id="second-factor">${t('factor.title')}</h2><p class="quiet">${t(required ? 'factor.isOn' : 'factor.isOff')}</p></div>
          <div class="tools"><button type="button" class="second" @click=${() => this.switchSecondFactor(!required)}>${t(required ? 'factor.off' : 'factor.on')}</button></div>
        </div></section>`
      : nothing;
  }

  hipaaCard(hipaa) {
    return may('directory:organization:admin')
      ? html`<section class="card" aria-labelledby="hipaa"><div class="card-head">
          <div><h2 id="hipaa">HIPAA</h2><p class="quiet">${t('hipaa.rule')}</p></div>
          <div class="tools"><button type="button" class="second" @click=${() => this.switchHipaa(!hipaa)}>${t(hipaa ? 'hipaa.off' : 'hipaa.on')}</button></div>
        </div></section>`
      : nothing;
  }

  whoGetsWhat() {
    const preview = this.preview;
    const most = Math.max(1, ...(preview?.people ?? []).flatMap(({ before, after }) => [before, after]));
    return html`<aside class="card preview" aria-labelledby="preview">
      <div class="card-head"><div><h2 id="preview">${t('preview.title')}</h2><p class="quiet">${t('preview.more')}</p></div></div>
      ${this.previewFailure ? html`<p class="notice bad" role="alert">${this.previewFailure.message}</p>` : nothing}
      ${preview
        ? html`<data-table caption=${t('preview.people')} file="timeouts" .rows=${preview.people} .key=${({ timeoutSeconds }) => timeoutSeconds ?? 0}
            .columns=${[
              { name: 'timeout', heading: t('preview.timeout'), show: ({ timeoutSeconds }) => timeoutOf(timeoutSeconds), csv: ({ timeoutSeconds }) => timeoutSeconds },
              { name: 'before', heading: t('preview.before'), css: 'number', show: ({ before }) => number(before), csv: ({ before }) => before },
              { name: 'after', heading: t('preview.after'), css: 'number', show: ({ before, after }) => (before === after ? number(after) : html`<ins>${number(after)}</ins>`), csv: ({ after }) => after },
              { name: 'share', heading: t('preview.share'), csv: ({ after }) => after, show: ({ after }) => html`<meter class="share" min="0" max=${most} value=${after} aria-label=${t('people.count', { count: after, number: number(after) })}></meter>` },
            ]}></data-table>
          ${preview.sessionsLapsingAtOnce ? html`<p class="notice warn">${t('preview.atOnce', { count: preview.sessionsLapsingAtOnce, number: number(preview.sessionsLapsingAtOnce) })}</p>` : nothing}`
        : html`<p class="quiet">${t('state.loading')}</p>`}
      <h3>${t('preview.person')}</h3>
      <type-ahead label=${t('preview.who')} keep .source=${findPeople} .value=${this.person?.label ?? ''}
        @pick=${({ detail }) => { this.person = detail; this.look(0); }}></type-ahead>
      ${this.person
        ? html`<type-ahead label=${t('preview.application')} keep .source=${findApplications} .value=${this.application?.label ?? ''}
            @pick=${({ detail }) => { this.application = detail; this.look(0); }}></type-ahead>`
        : nothing}
      ${this.person && preview?.after
        ? html`<div role="status" class="decision">
            ${same(preview.before, preview.after)
              ? decisionOf(preview.after)
              : html`<h4>${t('preview.now')}</h4>${decisionOf(preview.before)}<h4>${t('preview.then')}</h4>${decisionOf(preview.after)}`}
          </div>`
        : nothing}
    </aside>`;
  }

  saveBar(found) {
    return html`<section class="save-bar" aria-label=${t('settings.unsaved')}>
      <strong role="status">${t('settings.changes', { count: found.length, number: number(found.length) })}</strong>
      <div class="tools">
        <button type="button" class="second" ?disabled=${!this.past.length} @click=${this.undo}>${t('action.undo')}</button>
        <button type="button" class="second" @click=${this.discard}>${t('action.discard')}</button>
        <button type="button" class="first" ?disabled=${this.saving || this.previewFailure?.status === 400} @click=${this.save}>${t('action.save')}</button>
      </div>
      <details><summary>${t('settings.diff')}</summary>${this.diff(found)}</details>
    </section>`;
  }

  conflictNotice() {
    return html`<div class="notice warn conflict" role="alert" tabindex="-1">
      <strong>${t('conflict.title')}</strong> ${t('conflict.more')}
      ${this.diff(this.conflict.theirs)}
      <div class="tools">
        <button type="button" class="second small" @click=${() => (this.conflict = undefined)}>${t('conflict.keep')}</button>
        <button type="button" class="second small" @click=${this.discard}>${t('conflict.theirs')}</button>
      </div>
    </div>`;
  }

  diff(found) {
    if (!found.length) {
      return html`<p>${t('diff.nothing')}</p>`;
    }
    return html`<ul class="diff">${found.map(({ what, values, before, after }) => html`<li>${t(`diff.${what}`, values)}
      ${before === undefined ? nothing : html`<del>${this.inWords(what, before)}</del>`}
      ${before === undefined || after === undefined ? nothing : ' → '}
      ${after === undefined ? nothing : html`<ins>${this.inWords(what, after)}</ins>`}</li>`)}</ul>`;
  }

  inWords(what, value) {
    switch (what) {
      case 'enabled':
      case 'groupsEnabled': return t(value ? 'state.on' : 'state.off');
      case 'seconds':
      case 'bundleSeconds': return duration(value);
      case 'bundleGroups': return value.length ? list(value.map((id) => this.nameOf(id))) : t('bundle.noGroups');
      case 'bundleAdded':
      case 'bundleRemoved': return `${value.name ? `${value.name}, ` : ''}${duration(value.seconds)}: ${value.groups.length ? list(value.groups.map((id) => this.nameOf(id))) : t('bundle.noGroups')}`;
      case 'bundlePriority': return number(value);
      default: return value;
    }
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

customElements.define('authentication-screen', AuthenticationScreen);
