-- who has to have a second factor: everybody, or the members of these groups, line by line
alter table authentication_settings add column multifactor_required boolean default false not null;
alter table authentication_settings add column multifactor_groups text default '' not null;

create table passkey (
    id              uuid primary key,
    user_id         uuid         not null references user_account on delete cascade,
    name            varchar(200) not null,
    credential_id   bytea        not null unique,
    -- AAGUID, credential id and public key, as the authenticator attested them (WebAuthn, attested credential data)
    credential_data bytea        not null,
    signature_count bigint       not null,
    transports      varchar(200) not null,
    backup_eligible boolean      not null,
    backed_up       boolean      not null,
    created_at      timestamp(6) with time zone not null,
    last_used_at    timestamp(6) with time zone
);

create index passkey_by_user on passkey (user_id);

-- a challenge of WebAuthn by the digest of what it is bound to; good once
create table passkey_challenge (
    binding    bytea primary key,
    challenge  bytea not null,
    expires_at timestamp(6) with time zone not null
);

-- the secret of a user's authenticator app: encrypted where there is a lapse.signing-key.passphrase
create table totp_authenticator (
    user_id        uuid primary key references user_account on delete cascade,
    secret         varchar(500),
    confirmed_at   timestamp(6) with time zone,
    last_time_step bigint not null,
    pending_secret varchar(500),
    pending_until  timestamp(6) with time zone
);

create table recovery_code (
    digest     bytea primary key,
    user_id    uuid not null references user_account on delete cascade,
    created_at timestamp(6) with time zone not null,
    used_at    timestamp(6) with time zone
);

create index recovery_code_by_user on recovery_code (user_id);

-- wrong codes in a row
create table code_guess (
    user_id       uuid primary key references user_account on delete cascade,
    failures      integer not null,
    blocked_until timestamp(6) with time zone not null
);

-- how somebody has proved who they are: the values of amr (RFC 8176), space-separated
alter table sign_in add column authentication_methods varchar(60) default 'pwd' not null;
alter table authorization_code add column authentication_methods varchar(60) default 'pwd' not null;
alter table refresh_token add column authentication_methods varchar(60) default 'pwd' not null;

-- a browser in which somebody has given the password, and has to prove more before they are signed in
create table pending_sign_in (
    id               uuid primary key,
    organization_id  uuid    not null references organization,
    user_id          uuid    not null references user_account on delete cascade,
    cookie_digest    bytea   not null unique,
    expires_at       timestamp(6) with time zone not null,
    failures         integer not null
);

create index pending_sign_in_by_user on pending_sign_in (user_id);
