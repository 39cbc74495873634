-- What holds for sessions keeps the number of the change that wrote it, as sessions do, so that no node keeps what is older.
alter table application add column change_number bigint default 0 not null;
create index application_by_change on application (change_number);

alter table organization_settings add column change_number bigint default 0 not null;
create index organization_settings_by_change on organization_settings (change_number);

alter table authentication_settings add column change_number bigint default 0 not null;
create index authentication_settings_by_change on authentication_settings (change_number);
