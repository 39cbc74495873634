// Applications: made from templates, with their options by section, their inactivity timeout, and what OAuth needs to know.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { everyEntry, get, post, put, remove } from '../api.js';
import { Screen, empty } from '../element.js';
import { dateTime, duration, number, t } from '../messages.js';
import { go, href, refine } from '../router.js';
import { may } from '../session.js';
import { ask, fill } from '../parts/dialog.js';
import { stateOf, timeoutOf } from '../parts/words.js';
import '../parts/table.js';

const MINUTE = 60;

class ApplicationsScreen extends Screen {
  async read() {
    const { part, query } = this.place;
    if (part === 'templates') {
      return { templates: await get('applications/templates') };
    }
    if (part) {
      const [application, client, templates, sessions] = await Promise.all([
        get(`applications/${encodeURIComponent(part)}`),
        get(`oauth/clients/${encodeURIComponent(part)}`),
        get('applications/templates'),
        may('directory:user:view') ? get('sessions', { applicationId: part, pageSize: 1 }) : undefined,
      ]);
      const { entities: receivers } = client.backchannelLogoutUri ? await get('deliveries/receivers') : { entities: [] };
      return { application, client, receiver: receivers.find(({ id }) => id === part), template: templates.find(({ dbid }) => dbid === application.templateDbid), sessions };
    }
    return { page: await get('applications', { name: query.get('name'), pageNumber: query.get('page'), pageSize: 50 }) };
  }

  show(data) {
    return data.application ? this.one(data) : html`
      <div class="head"><div><h1 tabindex="-1">${t('screen.applications')}</h1><p class="quiet">${t('applications.more')}</p></div>
        <div class="tools">${may('oauth:client:add') ? html`<button type="button" class="first" @click=${this.create}>${t('applications.new')}</button>` : nothing}</div></div>
      <nav class="tabs" aria-label=${t('screen.applications')}>
        <a href=${href('applications')} aria-current=${data.page ? 'page' : nothing}>${t('screen.applications')}</a>
        <a href=${href('applications', { part: 'templates' })} aria-current=${data.templates ? 'page' : nothing}>${t('applications.templates')}</a>
      </nav>
      ${data.page ? this.all(data.page) : this.templates(data.templates)}`;
  }

  all(page) {
    const name = this.place.query.get('name') ?? '';
    const columns = [
      { name: 'name', heading: t('applications.name'), csv: (one) => one.name, show: (one) => html`<a href=${href('applications', { part: one.id })}>${one.name}</a><br><span class="quiet">${one.id}</span>` },
      { name: 'type', heading: t('applications.type'), csv: ({ type }) => type, show: ({ type }) => html`<code>${type}</code>` },
      { name: 'grant', heading: t('applications.grant'), csv: ({ authorizedGrantType }) => authorizedGrantType, show: ({ authorizedGrantType }) => t(`grant.${authorizedGrantType}`) },
      { name: 'timeout', heading: t('applications.timeout'), css: 'deciding', csv: ({ inactivityTimeout }) => (inactivityTimeout?.timeoutSeconds ?? 0) / MINUTE, show: ({ inactivityTimeout }) => html`${timeoutOf(inactivityTimeout?.timeoutSeconds)}${inactivityTimeout ? html`<br><span class="quiet">${decidingOption(inactivityTimeout)}</span>` : nothing}` },
      { name: 'then', heading: t('applications.then'), csv: onInactivityOf, show: (one) => t(`then.${onInactivityOf(one)}`) },
      { name: 'state', heading: t('applications.state'), csv: ({ state }) => state, show: ({ state }) => stateOf(state) },
      { name: 'id', heading: t('applications.dbid'), css: 'number', csv: ({ dbid }) => dbid, show: ({ dbid }) => number(dbid) },
    ];
    return html`
      <div class="filters" role="search" aria-label=${t('applications.filters')}><div><label for="filter-name">${t('applications.filterName')}</label>
        <input id="filter-name" type="search" .value=${name} @change=${(event) => refine({ name: event.target.value.trim(), page: '' })}></div></div>
      <data-table caption=${t('screen.applications')} file="applications" .rows=${page.entities} .page=${page} ?loading=${this.loading}
        .all=${(progress) => everyEntry('applications', { name }, { progress })}
        .columns=${columns}
        .fileColumns=${[...columns, { name: 'option', heading: t('applications.decidingOption'), csv: ({ inactivityTimeout }) => inactivityTimeout?.option }]}
        .none=${name ? empty(t('applications.noneMatch'), '', html`<button type="button" class="second" @click=${() => refine({ name: '' })}>${t('action.clearFilters')}</button>`) : empty(t('applications.none'), t('applications.noneMore'))}
        @page=${({ detail }) => refine({ page: detail })}></data-table>`;
  }

  templates(templates) {
    return html`<data-table caption=${t('applications.templates')} file="templates" .rows=${templates} .key=${({ dbid }) => dbid}
      .open=${(template) => optionsTable(t('applications.optionsOf', { name: template.name }), template.options)}
      .columns=${[
        { name: 'name', heading: t('applications.name'), csv: ({ name }) => name, show: ({ name }) => name },
        { name: 'type', heading: t('applications.type'), csv: ({ type }) => type, show: ({ type }) => html`<code>${type}</code>` },
        { name: 'version', heading: t('applications.version'), csv: ({ frameworkVersion }) => frameworkVersion, show: ({ frameworkVersion }) => frameworkVersion },
        { name: 'builtIn', heading: t('applications.origin'), csv: ({ builtIn }) => builtIn, show: ({ builtIn }) => t(builtIn ? 'applications.builtIn' : 'applications.own') },
        { name: 'options', heading: t('applications.options'), css: 'number', csv: ({ options }) => flat(options).length, show: ({ options }) => number(flat(options).length) },
      ]} .none=${empty(t('applications.noTemplates'))}></data-table>`;
  }

  one({ application, client, receiver, template, sessions }) {
    const { id } = application;
    const mayEdit = may('oauth:client:edit');
    return html`
      <div class="head">
        <div><p class="crumbs"><a href=${href('applications')}>${t('screen.applications')}</a></p>
          <h1 tabindex="-1">${application.name}</h1>
          <p>${stateOf(application.state)} <span class="quiet">${application.description ?? ''}</span></p></div>
        <div class="tools">
          ${sessions ? html`<a class="button second" href=${href('sessions', { query: { applicationId: id } })}>${t('applications.sessions', { count: sessions.total, number: number(sessions.total) })}</a>` : nothing}
          ${mayEdit ? html`<button type="button" class="second" @click=${() => this.describe(application)}>${t('action.edit')}</button>
            <button type="button" class="second" @click=${() => this.setState(application, sessions)}>${t(application.state === 'active' ? 'applications.disable' : 'applications.enable')}</button>` : nothing}
          ${may('oauth:client:delete') ? html`<button type="button" class="danger quietly" @click=${() => this.delete(application, sessions)}>${t('action.delete')}</button>` : nothing}
        </div>
      </div>
      <div class="columns">
        ${this.inactivity(application, mayEdit)}
        <section class="card" aria-labelledby="about"><div class="card-head"><h2 id="about">${t('applications.about')}</h2></div>
          <dl class="pairs">
            <dt>${t('applications.type')}</dt><dd><code>${application.type}</code></dd>
            <dt>${t('applications.template')}</dt><dd>${template?.name ?? t('applications.fromNone')}</dd>
            ${application.frameworkVersion ? html`<dt>${t('applications.version')}</dt><dd>${application.frameworkVersion}</dd>` : nothing}
            <dt>${t('applications.dbid')}</dt><dd>${application.dbid}</dd>
            <dt>${t('applications.created')}</dt><dd>${dateTime(application.dateCreated)}</dd>
            <dt>${t('applications.modified')}</dt><dd>${dateTime(application.dateModified)} <a href=${href('audit', { query: { entityId: id } })}>${t('applications.history')}</a></dd>
          </dl></section>
      </div>
      <section class="card" aria-labelledby="options">
        <div class="card-head"><div><h2 id="options">${t('applications.options')}</h2><p class="quiet">${t('applications.optionsMore')}</p></div>
          <div class="tools">${mayEdit ? html`<button type="button" class="second" @click=${() => this.setOption(application)}>${t('applications.addOption')}</button>` : nothing}</div></div>
        ${optionsTable(t('applications.optionsOf', { name: application.name }), application.options, mayEdit ? (row) => this.setOption(application, row) : undefined)}
      </section>
      <section class="card" aria-labelledby="oauth">
        <div class="card-head"><div><h2 id="oauth">OAuth</h2><p class="quiet">${t('oauth.more')}</p></div>
          <div class="tools">${mayEdit ? html`
            <button type="button" class="second" @click=${() => this.editClient(client)}>${t('action.edit')}</button>
            <button type="button" class="second" @click=${() => this.replaceSecret(client)}>${t('oauth.newSecret')}</button>` : nothing}</div></div>
        <dl class="pairs">
          <dt>${t('oauth.clientId')}</dt><dd><code>${client.id}</code> <button type="button" class="link" @click=${() => this.copy(client.id)}>${t('action.copy')}</button></dd>
          <dt>${t('applications.grant')}</dt><dd>${t(`grant.${client.authorizedGrantType}`)}</dd>
          <dt>${t('oauth.redirectUris')}</dt><dd>${client.registeredRedirectUri.length ? client.registeredRedirectUri.map((uri) => html`<code>${uri}</code><br>`) : t('state.none')}</dd>
          <dt>${t('oauth.secret')}</dt><dd>${t(client.secretRequired ? 'oauth.secretRequired' : 'oauth.secretNot')}${client.proofKeyRequired ? nothing : t('oauth.proofKeyWaived')}</dd>
          <dt>${t('oauth.scope')}</dt><dd>${client.scope.length ? client.scope.join(' ') : t(isAsking(client) ? 'oauth.identityScopes' : 'oauth.allScopes')}</dd>
          ${client.authorizedGrantType === 'CODE' ? html`<dt>${t('oauth.consent')}</dt><dd>${t(client.trusted ? 'oauth.trusted' : 'oauth.asking')}</dd>` : nothing}
          ${client.authorizedGrantType === 'CODE' ? html`<dt>${t('oauth.logoutUri')}</dt><dd>${client.backchannelLogoutUri ? html`<code>${client.backchannelLogoutUri}</code>` : t('state.none')}
            ${receiver ? this.deliveries(receiver, mayEdit) : nothing}</dd>` : nothing}
          <dt>${t('oauth.validity')}</dt><dd>${duration(client.accessTokenValiditySeconds)}</dd>
        </dl>
      </section>
      ${client.authorizedGrantType === 'CODE' ? this.snippet(client) : nothing}`;
  }

  /** Whether the application hears of ended sessions. */
  deliveries({ id, state, waiting, lastSuccess, lastError }, mayEdit) {
    return html`<br>${t(`delivery.${state}`)}${waiting ? html`, ${t('delivery.waiting', { count: waiting, number: number(waiting) })}` : nothing}
      ${lastSuccess ? html`<br><span class="quiet">${t('delivery.lastSuccess', { when: dateTime(lastSuccess) })}</span>` : nothing}
      ${lastError ? html`<br><span class="quiet">${t('delivery.lastError', { error: lastError })}</span>
        ${mayEdit ? html`<button type="button" class="link" @click=${() => this.sendAgain(id)}>${t('delivery.sendAgain')}</button>` : nothing}` : nothing}`;
  }

  async sendAgain(id) {
    try {
      await post(`deliveries/receivers/${encodeURIComponent(id)}/send`);
      await this.after(t('delivery.sent'));
    } catch (error) {
      this.complain(error);
    }
  }

  inactivity(application, mayEdit) {
    const { inactivityTimeout } = application;
    return html`<section class="card" aria-labelledby="inactivity">
      <div class="card-head"><div><h2 id="inactivity">${t('applications.inactivity')}</h2><p class="quiet">${t('applications.inactivityMore')}</p></div></div>
      <dl class="pairs">
        <dt>${t('applications.timeout')}</dt><dd><strong>${timeoutOf(inactivityTimeout?.timeoutSeconds)}</strong></dd>
        <dt>${t('applications.decidingOption')}</dt><dd>${inactivityTimeout ? decidingOption(inactivityTimeout) : t('state.none')}
          ${inactivityTimeout?.askedSeconds ? html`<br>${t('applications.capped', { asked: timeoutOf(inactivityTimeout.askedSeconds) })}` : nothing}</dd>
      </dl>
      <form @submit=${(event) => this.saveInactivity(event, application)}>
        <div class="with-unit">
          <div><label for="inactivity-timeout">${t('timeout.label')}</label>
            <input id="inactivity-timeout" name="minutes" type="number" min="0" step="1" inputmode="numeric" .value=${String(minutesOf(application))} ?disabled=${!mayEdit} aria-describedby="inactivity-hint"></div>
          <div><span class="label">${t('timeout.unit')}</span><span class="unit">${t('unit.Minutes')}</span></div>
        </div>
        <p id="inactivity-hint" class="quiet"><code>[security] inactivity-timeout</code> ${t('applications.timeoutHint')}</p>
        <fieldset class="choices"><legend>${t('applications.then')}</legend>
          ${['revoke', 'lock'].map((value) => html`<label class="check"><input type="radio" name="then" value=${value} .checked=${live(onInactivityOf(application) === value)} ?disabled=${!mayEdit}> ${t(`then.${value}.long`)}</label>`)}
        </fieldset>
        ${mayEdit ? html`<button type="submit" class="first">${t('action.save')}</button>` : nothing}
      </form></section>`;
  }

  async saveInactivity(event, application) {
    event.preventDefault();
    const form = new FormData(event.target);
    await this.change(application, { options: { security: { 'inactivity-timeout': String(Number(form.get('minutes'))), 'on-inactivity': form.get('then') } } });
  }

  async change(application, body) {
    try {
      await put(`applications/${encodeURIComponent(application.id)}`, body);
      await this.reload();
      this.announce(t('applications.saved'));
    } catch (error) {
      this.complain(error);
    }
  }

  create = async () => {
    const templates = await get('applications/templates').catch((error) => this.complain(error));
    if (!templates) {
      return;
    }
    const made = await fill({
      title: t('applications.new'),
      confirm: t('action.create'),
      fields: html`
        <div><label for="new-name">${t('applications.name')}</label><input id="new-name" name="name" type="text" required autocomplete="off"></div>
        <div><label for="new-template">${t('applications.template')}</label>
          <select id="new-template" name="template">${templates.map(({ dbid, name }) => html`<option value=${dbid}>${name}</option>`)}</select></div>
        <div><label for="new-description">${t('applications.description')}</label><input id="new-description" name="description" type="text" autocomplete="off"></div>
        <p class="quiet">${t('applications.newMore')}</p>`,
      submit: (data) => post('applications', {
        name: data.get('name').trim(), template: { dbid: Number(data.get('template')) }, description: data.get('description') || undefined,
      }),
    });
    if (made) {
      this.announce(t('applications.created.done', { name: made.name }));
      go('applications', { part: made.id });
    }
  };

  describe(application) {
    return fill({
      title: t('applications.edit', { name: application.name }),
      confirm: t('action.save'),
      fields: html`
        <div><label for="edit-name">${t('applications.name')}</label><input id="edit-name" name="name" type="text" required .value=${application.name}></div>
        <div><label for="edit-description">${t('applications.description')}</label><input id="edit-description" name="description" type="text" .value=${application.description ?? ''}></div>
        <div><label for="edit-version">${t('applications.version')}</label><input id="edit-version" name="frameworkVersion" type="text" .value=${application.frameworkVersion}></div>`,
      submit: (data) => put(`applications/${encodeURIComponent(application.id)}`, Object.fromEntries(data)),
    }).then((saved) => saved && this.after(t('applications.saved')));
  }

  setOption(application, row) {
    return fill({
      title: t(row ? 'applications.editOption' : 'applications.addOption'),
      confirm: t('action.save'),
      fields: html`
        <div><label for="option-section">${t('applications.section')}</label><input id="option-section" name="section" type="text" required ?readonly=${row} .value=${row?.section ?? ''}></div>
        <div><label for="option-key">${t('applications.key')}</label><input id="option-key" name="key" type="text" required ?readonly=${row} .value=${row?.key ?? ''}></div>
        <div><label for="option-value">${t('applications.value')}</label><input id="option-value" name="value" type="text" .value=${row?.value ?? ''}></div>
        ${row ? html`<label class="check"><input type="checkbox" name="remove"> ${t('applications.removeOption')}</label>` : nothing}`,
      submit: (data) => put(`applications/${encodeURIComponent(application.id)}`, {
        options: { [data.get('section').trim()]: { [data.get('key').trim()]: data.get('remove') ? null : data.get('value') } },
      }),
    }).then((saved) => saved && this.after(t('applications.saved')));
  }

  async after(message) {
    await this.reload();
    this.announce(message);
  }

  async setState(application, sessions) {
    const disable = application.state === 'active';
    if (disable && !(await ask({
      title: t('applications.disable.title', { name: application.name }),
      body: html`<p>${t('applications.disable.effect', { count: sessions?.total ?? 0, number: number(sessions?.total ?? 0) })}</p>`,
      confirm: t('applications.disable'),
      dangerous: true,
    }))) {
      return;
    }
    await this.change(application, { state: disable ? 'disabled' : 'active' });
  }

  async delete(application, sessions) {
    if (!(await ask({
      title: t('applications.delete.title', { name: application.name }),
      body: html`<p>${t('applications.delete.effect', { count: sessions?.total ?? 0, number: number(sessions?.total ?? 0) })}</p>`,
      confirm: t('applications.delete.confirm'),
      dangerous: true,
    }))) {
      return;
    }
    try {
      await remove(`applications/${encodeURIComponent(application.id)}`);
      this.announce(t('applications.delete.done', { name: application.name }));
      go('applications');
    } catch (error) {
      this.complain(error);
    }
  }

  editClient(client) {
    return fill({
      title: t('oauth.edit'),
      confirm: t('action.save'),
      fields: html`
        <div><label for="oauth-redirects">${t('oauth.redirectUris')}</label>
          <textarea id="oauth-redirects" name="registeredRedirectUri" rows="4" spellcheck="false" aria-describedby="oauth-redirects-hint" .value=${client.registeredRedirectUri.join('\n')}></textarea>
          <p id="oauth-redirects-hint" class="quiet">${t('oauth.redirectHint')}</p></div>
        ${client.authorizedGrantType === 'CODE' ? html`
        <div><label for="oauth-scope">${t('oauth.scope')}</label>
          <input id="oauth-scope" name="scope" spellcheck="false" aria-describedby="oauth-scope-hint" .value=${client.scope.join(' ')}>
          <p id="oauth-scope-hint" class="quiet">${t('oauth.scopeHint')}</p></div>
        <div><label for="oauth-logout">${t('oauth.logoutUri')}</label>
          <input id="oauth-logout" name="backchannelLogoutUri" type="url" spellcheck="false" aria-describedby="oauth-logout-hint" .value=${client.backchannelLogoutUri ?? ''}>
          <p id="oauth-logout-hint" class="quiet">${t('oauth.logoutHint')}</p></div>
        <label class="check"><input type="checkbox" name="trusted" .checked=${live(client.trusted)}> ${t('oauth.trusted')}</label>` : nothing}
        <div><label for="oauth-validity">${t('oauth.validityMinutes')}</label>
          <input id="oauth-validity" name="minutes" type="number" min="5" max="2880" step="any" .value=${String(client.accessTokenValiditySeconds / MINUTE)}></div>
        <p class="notice warn">${t('oauth.editMore')}</p>`,
      submit: (data) => put(`oauth/clients/${encodeURIComponent(client.id)}`, {
        ...client,
        registeredRedirectUri: data.get('registeredRedirectUri').split(/\s+/).filter(Boolean),
        ...(client.authorizedGrantType === 'CODE' && {
          scope: data.get('scope').split(/\s+/).filter(Boolean),
          trusted: data.has('trusted'),
          backchannelLogoutUri: data.get('backchannelLogoutUri').trim(),
        }),
        accessTokenValiditySeconds: Math.round(Number(data.get('minutes')) * MINUTE),
      }),
    }).then((saved) => saved && this.after(t('applications.saved')));
  }

  async replaceSecret(client) {
    if (!(await ask({ title: t('oauth.newSecret'), body: html`<p>${t('oauth.newSecretEffect')}</p>`, confirm: t('oauth.newSecret'), dangerous: true }))) {
      return;
    }
    try {
      const { secret } = await post(`oauth/clients/${encodeURIComponent(client.id)}/secret`);
      await this.reload();
      if (await ask({ title: t('oauth.secretTitle'), body: html`<p>${t('oauth.secretOnce')}</p><pre tabindex="0">${secret}</pre>`, confirm: t('action.copy') })) {
        await this.copy(secret);
      }
    } catch (error) {
      this.complain(error);
    }
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.announce(t('action.copied'));
    } catch (error) {
      this.complain(error);
    }
  }

  snippet(client) {
    const redirect = client.registeredRedirectUri[0] ?? 'https://your.application.example/';
    const text = `<script type="module">
  import { Lapse } from '${location.origin}/client/lapse.js';

  const lapse = new Lapse({ application: '${client.id}', redirectUri: '${redirect}', scope: 'openid' });
  const user = await lapse.start();
  const response = await lapse.fetch('${location.origin}/api/v2/users/me');
</script>`;
    return html`<section class="card" aria-labelledby="snippet">
      <div class="card-head"><div><h2 id="snippet">${t('snippet.title')}</h2><p class="quiet">${t('snippet.more')}</p></div>
        <div class="tools"><button type="button" class="second" @click=${() => this.copy(text)}>${t('action.copy')}</button></div></div>
      <pre tabindex="0" aria-label=${t('snippet.title')}><code>${text}</code></pre></section>`;
  }
}

/** Whether its users are asked before it gets anything. */
const isAsking = ({ authorizedGrantType, trusted }) => authorizedGrantType === 'CODE' && !trusted;

/** The option that decides an application's timeout, with the unit in which it counts. */
const decidingOption = ({ option, unit }) => html`<code>${option}</code> ${t(`applications.counts.${unit}`)}`;

const minutesOf = ({ options }) => Number(options.security?.['inactivity-timeout'] ?? 0);
const onInactivityOf = ({ options }) => options.security?.['on-inactivity'] ?? 'revoke';

const flat = (options) => Object.entries(options).flatMap(([section, values]) => Object.entries(values).map(([key, value]) => ({ section, key, value })))
  .sort((a, b) => a.section.localeCompare(b.section) || a.key.localeCompare(b.key));

const optionsTable = (caption, options, edit) => html`<data-table caption=${caption} file="options" .rows=${flat(options)} .key=${({ section, key }) => `${section} ${key}`}
  .columns=${[
    { name: 'section', heading: t('applications.section'), csv: ({ section }) => section, show: ({ section }) => html`<code>[${section}]</code>` },
    { name: 'key', heading: t('applications.key'), csv: ({ key }) => key, show: ({ key }) => html`<code>${key}</code>` },
    { name: 'value', heading: t('applications.value'), csv: ({ value }) => value, show: ({ value }) => html`<code>${value}</code>` },
    ...(edit ? [{ name: 'edit', heading: t('applications.change'), css: 'tool', csv: () => '', show: (row) => html`<button type="button" class="second small" aria-label=${t('applications.editOptionOf', row)} @click=${() => edit(row)}>${t('action.edit')}</button>` }] : []),
  ]} .none=${empty(t('applications.noOptions'))}></data-table>`;

customElements.define('applications-screen', ApplicationsScreen);
