// People and groups: who they are, what governs their sessions, and who belongs to what.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { everyEntry, get, patch, post, put, remove } from '../api.js';
import { Screen, empty } from '../element.js';
import { dateTime, number, t } from '../messages.js';
import { go, href, refine } from '../router.js';
import { administrator, lapse, may } from '../session.js';
import { decisionOf } from '../parts/decision.js';
import { ask, fill } from '../parts/dialog.js';
import { findGroups, findPeople } from '../parts/people.js';
import { copyLink, statusOf, timelineOf } from '../parts/timeline.js';
import { stateOf } from '../parts/words.js';
import '../parts/table.js';
import '../parts/type-ahead.js';

const GROUPS = 'groups';

const hasToSignIn = (error) => error.code === 'insufficient_user_authentication';

class PeopleScreen extends Screen {
  async read() {
    const { part, query } = this.place;
    const page = { contains: query.get('contains'), pageNumber: query.get('page'), pageSize: 50 };
    if (part === GROUPS) {
      return { groups: await get('groups', page) };
    }
    if (part.startsWith(`${GROUPS}/`)) {
      const id = encodeURIComponent(part.slice(GROUPS.length + 1));
      const [group, members, timeout] = await Promise.all([
        get(`groups/${id}`), get(`groups/${id}/members`, { pageNumber: query.get('page'), pageSize: 50 }), get('tokens/timeout'),
      ]);
      return { group, members, bundles: timeout.inactivityTimeoutGroupBundles.filter(({ groups }) => groups.includes(group.id)) };
    }
    if (part) {
      const id = encodeURIComponent(part);
      const [person, timeout, sessions, roles, timeline] = await Promise.all([
        get(`users/${id}`, { expand: 'groups' }),
        get(`users/${id}/timeout`),
        get('sessions', { userId: part, pageSize: 1 }),
        may('authorization:role:view') ? Promise.all([get(`users/${id}/roles`), get('authorization/roles', { pageSize: 500 })]) : undefined,
        may('audits:audit:view') ? get(`users/${id}/timeline`, { pageNumber: query.get('page'), pageSize: 25 }) : undefined,
      ]);
      return { person, timeout, sessions, timeline, roles: roles && { has: roles[0].roles, all: roles[1].entities } };
    }
    return { people: await get('users', { ...page, state: query.get('state') }) };
  }

  show(data) {
    if (data.person) {
      return this.person(data);
    }
    return data.group ? this.group(data) : html`
      <div class="head"><div><h1 tabindex="-1">${t('screen.people')}</h1></div>
        <div class="tools">${data.people
          ? may('directory:user:add') ? html`<button type="button" class="first" @click=${this.createPerson}>${t('people.new')}</button>` : nothing
          : may('directory:group:add') ? html`<button type="button" class="first" @click=${this.createGroup}>${t('groups.new')}</button>` : nothing}</div></div>
      <nav class="tabs" aria-label=${t('screen.people')}>
        <a href=${href('people')} aria-current=${data.people ? 'page' : nothing}>${t('people.tab')}</a>
        <a href=${href('people', { part: GROUPS })} aria-current=${data.groups ? 'page' : nothing}>${t('groups.tab')}</a>
      </nav>
      ${data.people ? this.people(data.people) : this.groups(data.groups)}`;
  }

  search(label) {
    return html`<div><label for="filter-contains">${label}</label>
      <input id="filter-contains" type="search" .value=${this.place.query.get('contains') ?? ''} @change=${(event) => refine({ contains: event.target.value.trim(), page: '' })}></div>`;
  }

  nothingMatches(message, more) {
    return this.place.query.get('contains') || this.place.query.get('state')
      ? empty(t('people.noneMatch'), '', html`<button type="button" class="second" @click=${() => refine({ contains: '', state: '', page: '' })}>${t('action.clearFilters')}</button>`)
      : empty(message, more);
  }

  people(page) {
    const { query } = this.place;
    const state = query.get('state') ?? 'active';
    return html`
      <div class="filters" role="search" aria-label=${t('people.filters')}>${this.search(t('people.search'))}
        <div><label for="filter-state">${t('people.state')}</label>
          <select id="filter-state" @change=${(event) => refine({ state: event.target.value === 'active' ? '' : event.target.value, page: '' })}>
            ${['active', 'inactive', 'any'].map((value) => html`<option value=${value} .selected=${live(value === state)}>${t(`state.${value}`)}</option>`)}
          </select></div></div>
      <data-table caption=${t('people.tab')} file="people" .rows=${page.entities} .page=${page} ?loading=${this.loading}
        .all=${(progress) => everyEntry('users', { contains: query.get('contains'), state: query.get('state') }, { progress })}
        .columns=${personColumns()} .none=${this.nothingMatches(t('people.none'), t('people.noneMore'))}
        @page=${({ detail }) => refine({ page: detail })}></data-table>`;
  }

  groups(page) {
    return html`
      <div class="filters" role="search" aria-label=${t('people.filters')}>${this.search(t('groups.search'))}</div>
      <data-table caption=${t('groups.tab')} file="groups" .rows=${page.entities} .page=${page} ?loading=${this.loading}
        .all=${(progress) => everyEntry(GROUPS, { contains: this.place.query.get('contains') }, { progress })}
        .columns=${[
          { name: 'name', heading: t('people.name'), csv: ({ name }) => name, show: ({ id, name }) => html`<a href=${href('people', { part: `${GROUPS}/${id}` })}>${name}</a>` },
          { name: 'description', heading: t('groups.description'), csv: ({ description }) => description, show: ({ description }) => description ?? '' },
          { name: 'members', heading: t('groups.members'), css: 'number', csv: ({ memberCount }) => memberCount, show: ({ memberCount }) => number(memberCount) },
          { name: 'modified', heading: t('groups.modified'), css: 'moment', csv: ({ dateModified }) => dateModified, show: ({ dateModified }) => dateTime(dateModified) },
        ]} .none=${this.nothingMatches(t('groups.none'), t('groups.noneMore'))}
        @page=${({ detail }) => refine({ page: detail })}></data-table>`;
  }

  person({ person, timeout, sessions, roles, timeline }) {
    const { id } = person;
    const active = person.state === 'active';
    return html`
      <div class="head">
        <div><p class="crumbs"><a href=${href('people')}>${t('people.tab')}</a></p><h1 tabindex="-1">${person.name}</h1>
          <p>${stateOf(person.state)} <span class="quiet">${person.username ?? ''}</span></p></div>
        <div class="tools">
          ${may('directory:user:edit') ? html`<button type="button" class="second" @click=${() => this.editPerson(person)}>${t('action.edit')}</button>
            <button type="button" class="second" @click=${() => this.setState(person, sessions)}>${t(active ? 'people.disable' : 'people.enable')}</button>` : nothing}
          ${may('directory:user:setPassword') ? html`<button type="button" class="second" @click=${() => this.setPassword(person)}>${t('people.setPassword')}</button>
            ${active && id !== administrator.id ? html`<button type="button" class="second" @click=${() => this.makePasswordLink(person)}>${t('people.passwordLink')}</button>` : nothing}` : nothing}
          ${may('directory:user:delete') ? html`<button type="button" class="danger quietly" @click=${() => this.deletePerson(person, sessions)}>${t('action.delete')}</button>` : nothing}
        </div>
      </div>
      <div class="columns">
        <section class="card" aria-labelledby="timeout"><div class="card-head"><div><h2 id="timeout">${t('people.timeout')}</h2><p class="quiet">${t('people.timeoutMore')}</p></div></div>
          ${decisionOf(timeout)}</section>
        <section class="card" aria-labelledby="sessions"><div class="card-head"><h2 id="sessions">${t('people.sessions')}</h2></div>
          <p>${t('people.sessionCount', { count: sessions.total, number: number(sessions.total) })}</p>
          <div class="tools card-tools"><a class="button second" href=${href('sessions', { query: { userId: id } })}>${t('people.showSessions')}</a>
            ${may('directory:user:edit') ? html`<button type="button" class="danger quietly" @click=${() => this.resetFactors(person)}>${t('people.factors.reset')}</button>` : nothing}
            ${may('oauth:token:delete') && sessions.total ? html`<button type="button" class="danger quietly" @click=${() => this.signOut(person, sessions)}>${t('people.signOut')}</button>` : nothing}
            <a class="button second" href=${href('audit', { query: { concerns: id } })}>${t('people.history')}</a>
            <a class="button second" href=${href('audit', { query: { actorId: id } })}>${t('people.deeds')}</a></div></section>
        <section class="card" aria-labelledby="groups"><div class="card-head"><h2 id="groups">${t('groups.tab')}</h2></div>
          ${may('directory:group:edit') ? html`<type-ahead label=${t('people.addGroup')} .source=${async (text) => (await findGroups(text)).filter(({ value }) => !person.groups.some((group) => group.id === value))}
            @pick=${({ detail }) => this.join(detail.value, id)}></type-ahead>` : nothing}
          ${person.groups.length
            ? html`<ul class="chips" aria-label=${t('groups.tab')}>${person.groups.map((group) => html`<li class="chip"><a href=${href('people', { part: `${GROUPS}/${group.id}` })}>${group.name}</a>
                ${may('directory:group:edit') ? html`<button type="button" class="icon" aria-label=${t('people.leave', { group: group.name })} @click=${() => this.leave(group.id, id)}><span aria-hidden="true">×</span></button>` : nothing}</li>`)}</ul>`
            : html`<p class="quiet">${t('people.noGroups')}</p>`}</section>
        ${roles ? html`<section class="card" aria-labelledby="roles"><div class="card-head"><h2 id="roles">${t('people.roles')}</h2></div>
          <ul class="plain-list">${roles.all.map((role) => html`<li><label class="check"><input type="checkbox" ?disabled=${!may('authorization:grant:add')}
            .checked=${roles.has.some((one) => one.id === role.id)} @change=${(event) => this.setRole(id, roles.has, role, event)}> ${role.name}</label></li>`)}</ul></section>` : nothing}
        ${timeline ? html`<section class="card wide" aria-labelledby="timeline"><div class="card-head"><h2 id="timeline">${t('timeline.title')}</h2><div class="tools">${copyLink(this)}</div></div>
          ${timeline.live.map((session) => html`<div class="now">${statusOf(session, { linked: true })}</div>`)}
          ${timelineOf(timeline.timeline)}</section>` : nothing}
      </div>`;
  }

  group({ group, members, bundles }) {
    return html`
      <div class="head">
        <div><p class="crumbs"><a href=${href('people', { part: GROUPS })}>${t('groups.tab')}</a></p><h1 tabindex="-1">${group.name}</h1>
          <p class="quiet">${group.description ?? ''} ${t('people.members', { count: members.total, number: number(members.total) })}</p></div>
        <div class="tools">
          <a class="button second" href=${href('sessions', { query: { groupId: group.id } })}>${t('people.showSessions')}</a>
          ${may('directory:group:edit') ? html`<button type="button" class="second" @click=${() => this.editGroup(group)}>${t('action.edit')}</button>` : nothing}
          ${may('directory:group:delete') ? html`<button type="button" class="danger quietly" @click=${() => this.deleteGroup(group, members, bundles)}>${t('action.delete')}</button>` : nothing}
        </div>
      </div>
      ${bundles.length ? html`<p class="notice">${t('groups.bundled', { count: bundles.length, bundles: bundles.map(({ priority }) => number(priority)).join(', ') })} <a href=${href('settings')}>${t('settings.title')}</a></p>` : nothing}
      ${may('directory:group:edit') ? html`<div class="filters"><type-ahead label=${t('groups.addMember')} .source=${findPeople} @pick=${({ detail }) => this.join(group.id, detail.value)}></type-ahead></div>` : nothing}
      <data-table caption=${t('groups.membersOf', { name: group.name })} file="members" .rows=${members.entities} .page=${members}
        .all=${(progress) => everyEntry(`groups/${group.id}/members`, {}, { progress })}
        .columns=${[...personColumns(), ...(may('directory:group:edit') ? [{ name: 'leave', heading: t('applications.change'), css: 'tool', csv: () => '',
          show: (person) => html`<button type="button" class="second small" aria-label=${t('groups.removeOf', { name: person.name })} @click=${() => this.leave(group.id, person.id)}>${t('groups.remove')}</button>` }] : [])]}
        .none=${empty(t('groups.noMembers'), t('groups.noMembersMore'))} @page=${({ detail }) => refine({ page: detail })}></data-table>`;
  }

  async does(work, message) {
    try {
      await work();
      await this.reload();
      this.announce(message);
    } catch (error) {
      this.complain(error);
      await this.reload();
    }
  }

  join(group, person) {
    return this.does(() => post(`groups/${group}/members`, { memberIds: [person] }), t('groups.joined'));
  }

  leave(group, person) {
    return this.does(() => remove(`groups/${group}/members?ids=${person}`), t('groups.left'));
  }

  setRole(person, has, role, event) {
    const ids = has.map(({ id }) => id).filter((id) => id !== role.id);
    return this.does(() => put(`users/${person}/roles`, event.target.checked ? [...ids, role.id] : ids), t('people.saved'));
  }

  createPerson = () => fill({
    title: t('people.new'),
    confirm: t('action.create'),
    fields: html`
      <div><label for="person-name">${t('people.name')}</label><input id="person-name" name="name" type="text" required autocomplete="off"></div>
      <div><label for="person-email">${t('people.email')}</label><input id="person-email" name="email" type="email" required autocomplete="off"></div>
      <div><label for="person-password">${t('people.password')}</label><input id="person-password" name="password" type="password" autocomplete="new-password" aria-describedby="person-password-hint">
        <p id="person-password-hint" class="quiet">${t('people.passwordHint')}</p></div>`,
    submit: (data) => post('users', { name: data.get('name').trim(), email: data.get('email').trim(), password: data.get('password') || undefined }),
  }).then((made) => made && go('people', { part: made.id }));

  editPerson(person) {
    return fill({
      title: t('people.edit', { name: person.name }),
      confirm: t('action.save'),
      fields: html`
        <div><label for="person-name">${t('people.name')}</label><input id="person-name" name="name" type="text" required .value=${person.name}></div>
        <div><label for="person-email">${t('people.email')}</label><input id="person-email" name="email" type="email" required .value=${person.email ?? ''}></div>`,
      submit: (data) => patch(`users/${person.id}`, { version: person.version, name: data.get('name').trim(), email: data.get('email').trim() }),
    }).then((saved) => saved && this.does(async () => {}, t('people.saved')));
  }

  async setState(person, sessions) {
    const disable = person.state === 'active';
    if (disable && !(await ask({
      title: t('people.disable.title', { name: person.name }),
      body: html`<p>${t('people.disable.effect', { count: sessions.total, number: number(sessions.total) })}</p>`,
      confirm: t('people.disable'),
      dangerous: true,
    }))) {
      return;
    }
    await this.does(() => patch(`users/${person.id}`, { version: person.version, state: disable ? 'inactive' : 'active' }), t('people.saved'));
  }

  async setPassword(person) {
    const answer = await fill({
      title: t('people.setPasswordOf', { name: person.name }),
      confirm: t('people.setPassword'),
      fields: html`<div><label for="new-password">${t('people.password')}</label><input id="new-password" name="newPassword" type="password" required autocomplete="new-password" aria-describedby="new-password-rule">
        <p id="new-password-rule" class="quiet">${t('people.passwordRule')}</p></div>
        <label class="check"><input type="checkbox" name="endOtherSessions" checked> ${t('people.setPassword.end')}</label>`,
      submit: (data) => post(`users/${person.id}/password`, {
        newPassword: data.get('newPassword'),
        endOtherSessions: data.has('endOtherSessions'),
      }).then(() => ({}), (error) => {
        if (hasToSignIn(error)) {
          return { error }; // the form goes: its password would be lost at the sign-in
        }
        throw error;
      }),
    });
    if (answer?.error) {
      await this.complainOrSignIn(answer.error);
    } else if (answer) {
      this.announce(t('people.saved'));
    }
  }

  async makePasswordLink(person) {
    if (!(await ask({
      title: t('people.passwordLink.title', { name: person.name }),
      body: html`<p>${t('people.passwordLink.effect')}</p>`,
      confirm: t('people.passwordLink.confirm'),
    }))) {
      return;
    }
    try {
      const { uri, dateExpires } = await post(`users/${person.id}/password/link`);
      if (await ask({
        title: t('people.passwordLink.made', { name: person.name }),
        body: html`<p>${t('people.passwordLink.once', { until: dateTime(dateExpires) })}</p><pre tabindex="0">${uri}</pre>`,
        confirm: t('action.copy'),
      })) {
        await navigator.clipboard.writeText(uri);
        this.announce(t('action.copied'));
      }
    } catch (error) {
      await this.complainOrSignIn(error);
    }
  }

  async signOut(person, sessions) {
    if (await ask({
      title: t('people.signOut.title', { name: person.name }),
      body: html`<p>${t('people.signOut.effect', { count: sessions.total, number: number(sessions.total) })}</p>
        ${person.id === administrator.id ? html`<p class="notice warn">${t('sessions.end.yours')}</p>` : nothing}`,
      confirm: t('people.signOut'),
      dangerous: true,
    })) {
      await this.does(() => remove(`apps/users/${person.id}/logout`), t('people.signOut.done', { name: person.name }));
    }
  }

  async resetFactors(person) {
    try {
      const { passkeys, totp, recoveryCodes, required } = await get(`users/${person.id}/authenticators`);
      if (await ask({
        title: t('people.factors.reset.title', { name: person.name }),
        body: html`<p>${t('people.factors.has', { passkeys: passkeys.length, apps: totp ? 1 : 0, codes: recoveryCodes })}</p>
          <p>${t(required ? 'people.factors.reset.required' : 'people.factors.reset.effect')}</p>`,
        confirm: t('people.factors.reset.confirm'),
        dangerous: true,
      })) {
        await remove(`users/${person.id}/authenticators`);
        await this.does(() => {}, t('people.factors.reset.done', { name: person.name }));
      }
    } catch (error) {
      await this.complainOrSignIn(error);
    }
  }

  /** Tells what is wrong; who has to sign in again is asked whether to do so now. */
  async complainOrSignIn(error) {
    this.complain(error);
    if (hasToSignIn(error) && await ask({
      title: t('people.again.title'),
      body: html`<p>${t('people.again')}</p>`,
      confirm: t('people.again.confirm'),
    })) {
      await lapse.signIn('recent');
    }
  }

  async deletePerson(person, sessions) {
    if (await ask({
      title: t('people.delete.title', { name: person.name }),
      body: html`<p>${t('people.delete.effect', { count: sessions.total, number: number(sessions.total) })}</p>`,
      confirm: t('people.delete.confirm'),
      dangerous: true,
    })) {
      try {
        await remove(`users/${person.id}`);
        this.announce(t('people.delete.done', { name: person.name }));
        go('people');
      } catch (error) {
        this.complain(error);
      }
    }
  }

  groupFields = (group) => html`
    <div><label for="group-name">${t('people.name')}</label><input id="group-name" name="name" type="text" required .value=${group?.name ?? ''}></div>
    <div><label for="group-description">${t('groups.description')}</label><input id="group-description" name="description" type="text" .value=${group?.description ?? ''}></div>`;

  createGroup = () => fill({
    title: t('groups.new'),
    confirm: t('action.create'),
    fields: this.groupFields(),
    submit: (data) => post(GROUPS, { name: data.get('name').trim(), description: data.get('description') || undefined, type: 'official', visibility: 'public', rulesVisible: true }),
  }).then((made) => made && go('people', { part: `${GROUPS}/${made.id}` }));

  editGroup(group) {
    return fill({
      title: t('people.edit', { name: group.name }),
      confirm: t('action.save'),
      fields: this.groupFields(group),
      submit: (data) => put(`groups/${group.id}`, { version: group.version, name: data.get('name').trim(), description: data.get('description') }),
    }).then((saved) => saved && this.does(async () => {}, t('people.saved')));
  }

  async deleteGroup(group, members, bundles) {
    if (await ask({
      title: t('groups.delete.title', { name: group.name }),
      body: html`<p>${t('groups.delete.effect', { people: t('people.count', { count: members.total, number: number(members.total) }) })}
        ${bundles.length ? t('groups.delete.bundled') : nothing}</p>`,
      confirm: t('groups.delete.confirm'),
      dangerous: true,
    })) {
      try {
        await remove(`groups/${group.id}`);
        this.announce(t('groups.delete.done', { name: group.name }));
        go('people', { part: GROUPS });
      } catch (error) {
        this.complain(error);
      }
    }
  }
}

const personColumns = () => [
  { name: 'name', heading: t('people.name'), csv: ({ name }) => name, show: ({ id, name }) => html`<a href=${href('people', { part: id })}>${name}</a>` },
  { name: 'username', heading: t('people.username'), csv: ({ username }) => username, show: ({ username }) => username ?? '' },
  { name: 'state', heading: t('people.state'), csv: ({ state }) => state, show: ({ state }) => stateOf(state) },
];

customElements.define('people-screen', PeopleScreen);
