-- the APIs for which the user has consented, space-separated; empty for our own alone, as all before
alter table consent add column audience varchar(10000) default '' not null;

-- a challenge of WebAuthn carries its own time and what it is bound to: one that was answered is written down alone
drop table passkey_challenge;

create table redeemed_challenge (
    digest     bytea primary key,
    expires_at timestamp(6) with time zone not null
);

create index redeemed_challenge_by_end on redeemed_challenge (expires_at);

-- by what challenges are authenticated: encrypted where there is a lapse.signing-key.passphrase
create table challenge_key (
    id         uuid primary key,
    secret     varchar(400) not null,
    created_at timestamp(6) with time zone not null
);

create index challenge_key_by_beginning on challenge_key (created_at);
