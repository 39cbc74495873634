-- One set of migrations serves H2 (in PostgreSQL mode) and PostgreSQL.

create table organization (
    id         uuid primary key,
    name       varchar(200) not null unique,
    domain     varchar(200) not null unique,
    created_at timestamp(6) with time zone not null
);

create table organization_settings (
    organization_id uuid primary key references organization,
    timeout_enabled boolean     not null,
    timeout_seconds integer     not null,
    timeout_unit    varchar(10) not null,
    hipaa           boolean     not null,
    version         integer     not null
);

create table role (
    id              uuid primary key,
    organization_id uuid         not null references organization,
    name            varchar(200) not null,
    unique (organization_id, name)
);

create table role_permission (
    role_id    uuid         not null references role,
    permission varchar(200) not null,
    primary key (role_id, permission)
);

create table user_account (
    id              uuid primary key,
    organization_id uuid         not null references organization,
    username        varchar(254) not null,
    name            varchar(200) not null,
    password_hash   varchar(300) not null,
    enabled         boolean      not null,
    created_at      timestamp(6) with time zone not null,
    version         integer      not null,
    unique (organization_id, username)
);

create table user_role (
    user_id uuid not null references user_account,
    role_id uuid not null references role,
    primary key (user_id, role_id)
);

create table user_group (
    id              uuid primary key,
    organization_id uuid         not null references organization,
    name            varchar(200) not null,
    unique (organization_id, name)
);

create table group_member (
    group_id uuid not null references user_group,
    user_id  uuid not null references user_account,
    primary key (group_id, user_id)
);

-- wrong passwords, by the digest of organization and user name, so that unknown names are slowed down alike
create table password_guess (
    subject       bytea primary key,
    failures      integer not null,
    blocked_until timestamp(6) with time zone not null
);

create table application (
    id                     varchar(64) primary key,
    organization_id        uuid         not null references organization,
    name                   varchar(200) not null,
    description            varchar(1000),
    state                  varchar(10)  not null,
    authorized_grant_type  varchar(20)  not null,
    secret_digest          bytea,
    token_validity_seconds integer      not null,
    created_at             timestamp(6) with time zone not null,
    modified_at            timestamp(6) with time zone not null,
    version                integer      not null,
    unique (organization_id, name)
);

create table application_option (
    application_id varchar(64)   not null references application,
    section        varchar(255)  not null,
    option_key     varchar(255)  not null,
    option_value   varchar(4000) not null,
    primary key (application_id, section, option_key)
);

create table application_redirect_uri (
    application_id varchar(64)   not null references application,
    redirect_uri   varchar(1000) not null,
    primary key (application_id, redirect_uri)
);

create table application_role (
    application_id varchar(64) not null references application,
    role_id        uuid        not null references role,
    primary key (application_id, role_id)
);

-- a browser in which somebody has given their password
create table sign_in (
    id               uuid primary key,
    organization_id  uuid  not null references organization,
    user_id          uuid  not null references user_account,
    cookie_digest    bytea not null unique,
    authenticated_at timestamp(6) with time zone not null,
    last_used_at     timestamp(6) with time zone not null,
    expires_at       timestamp(6) with time zone not null,
    ended_at         timestamp(6) with time zone
);

create table session (
    id               uuid primary key,
    organization_id  uuid          not null references organization,
    application_id   varchar(64)   not null references application,
    user_id          uuid references user_account,
    sign_in_id       uuid references sign_in,
    scope            varchar(1000) not null,
    token_digest     bytea unique,
    state            varchar(10)   not null,
    end_reason       varchar(30),
    opened_at        timestamp(6) with time zone not null,
    last_activity_at timestamp(6) with time zone not null,
    token_expires_at timestamp(6) with time zone not null,
    expires_at       timestamp(6) with time zone not null,
    locked_at        timestamp(6) with time zone,
    ended_at         timestamp(6) with time zone,
    refused_unlocks  integer       not null,
    unlock_not_before timestamp(6) with time zone
);

create index session_by_user on session (user_id, state);
create index session_by_application on session (application_id, state);
create index session_by_sign_in on session (sign_in_id, state);
create index session_by_state on session (state, expires_at);

-- one row once the last orderly shutdown has written all activity down; taken away at the next start
create table activity_checkpoint (
    id          integer primary key,
    complete_at timestamp(6) with time zone not null
);

create table authorization_code (
    digest           bytea primary key,
    application_id   varchar(64)   not null references application,
    user_id          uuid          not null references user_account,
    sign_in_id       uuid          not null references sign_in,
    redirect_uri     varchar(1000) not null,
    code_challenge   varchar(128)  not null,
    nonce            varchar(512),
    scope            varchar(1000) not null,
    authenticated_at timestamp(6) with time zone not null,
    expires_at       timestamp(6) with time zone not null,
    redeemed_at      timestamp(6) with time zone,
    reused_at        timestamp(6) with time zone,
    session_id       uuid
);

create index authorization_code_by_expiry on authorization_code (expires_at);

create table refresh_token (
    digest           bytea primary key,
    session_id       uuid not null references session,
    authenticated_at timestamp(6) with time zone not null,
    issued_at        timestamp(6) with time zone not null,
    expires_at       timestamp(6) with time zone not null,
    spent_at         timestamp(6) with time zone
);

create index refresh_token_by_session on refresh_token (session_id);
create index refresh_token_by_expiry on refresh_token (expires_at);

-- the private JWK, as it is or encrypted as a JWE
create table signing_key (
    id         varchar(64) primary key,
    jwk        text not null,
    created_at timestamp(6) with time zone not null,
    retired_at timestamp(6) with time zone
);

create table audit_record (
    id              uuid primary key,
    organization_id uuid          not null references organization,
    recorded_at     timestamp(6) with time zone not null,
    actor_type      varchar(20)   not null,
    actor_id        varchar(64),
    action          varchar(60)   not null,
    entity_type     varchar(30)   not null,
    entity_id       varchar(64)   not null,
    reason          varchar(60),
    before_value    text,
    after_value     text
);

create index audit_record_by_organization on audit_record (organization_id, recorded_at);
