// Finding people, groups and applications by what somebody types.

import { get } from '../api.js';

const FEW = 12;

export const findPeople = async (contains) =>
  (await get('users', { contains, pageSize: FEW }, { background: true })).entities.map(({ id, name, username }) => ({
    value: id, label: name, hint: username,
  }));

export const findGroups = async (contains) =>
  (await get('groups', { contains, pageSize: FEW }, { background: true })).entities.map(({ id, name, memberCount }) => ({
    value: id, label: name, members: memberCount,
  }));

export const findApplications = async (name) =>
  (await get('applications', { name, pageSize: FEW }, { background: true })).entities.map(({ id, name: label }) => ({
    value: id, label, hint: id === label ? undefined : id,
  }));
