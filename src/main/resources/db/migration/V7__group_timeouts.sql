alter table organization_settings add column groups_enabled boolean default false not null;
alter table organization_settings add column modified_at timestamp(6) with time zone;

-- the timeout that an administrator chose for a bundle of groups
create table group_timeout (
    id              uuid primary key,
    organization_id uuid        not null references organization_settings,
    priority        integer     not null,
    timeout_seconds integer     not null,
    timeout_unit    varchar(10) not null
);

create index group_timeout_by_organization on group_timeout (organization_id);

create table group_timeout_group (
    group_timeout_id uuid not null references group_timeout,
    group_id         uuid not null references user_group on delete cascade,
    primary key (group_timeout_id, group_id)
);
