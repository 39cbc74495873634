-- How each organization's people authenticate, and which of their calls are no activity; lists line by line.
create table authentication_settings (
    organization_id               uuid primary key references organization,
    inactivity_timeout_exclusions text    not null,
    ip_address_allowlist          text    not null,
    domain_allowlist_enabled      boolean not null,
    domain_allowlist              text    not null,
    minimum_length                integer not null,
    minimum_digits                integer not null,
    minimum_letters               integer not null,
    minimum_upper                 integer not null,
    minimum_lower                 integer not null,
    minimum_specials              integer not null,
    version                       integer not null
);

-- the operations of other services' OpenAPI documents
create table api_document (
    id              uuid primary key,
    organization_id uuid         not null references organization,
    name            varchar(64)  not null,
    operations      text         not null,
    registered_at   timestamp(6) with time zone not null,
    version         integer      not null,
    unique (organization_id, name)
);

-- what clients tell about their own troubles; no reference to the session, which may be forgotten sooner
create table diagnostic_entry (
    id              uuid primary key,
    organization_id uuid        not null references organization,
    session_id      uuid        not null,
    application_id  varchar(64) not null,
    user_id         uuid,
    kind            varchar(10) not null,
    recorded_at     timestamp(6) with time zone not null,
    content         text        not null
);

create index diagnostic_entry_by_session on diagnostic_entry (session_id, recorded_at);
create index diagnostic_entry_by_organization on diagnostic_entry (organization_id, kind, recorded_at);
create index diagnostic_entry_by_age on diagnostic_entry (recorded_at);

-- applications as they are embedded in the client; an application that goes away is embedded no longer
-- the ids are chosen by clients: each organization has ids of its own, so that none learns which ids another one has
create table client_app (
    id              uuid          not null,
    organization_id uuid          not null references organization,
    application_id  varchar(64)   not null references application on delete cascade,
    name            varchar(200)  not null,
    url             varchar(1000) not null,
    version         integer       not null,
    primary key (organization_id, id)
);

create index client_app_by_organization on client_app (organization_id, name);
