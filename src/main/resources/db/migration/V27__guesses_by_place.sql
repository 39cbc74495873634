-- Wrong passwords are counted for each place where an account's password is given. The counts so far begin anew.
delete from password_guess;
alter table password_guess add column account bytea not null;
create index password_guess_by_account on password_guess (account);

-- wrong passwords in a row for an account, a name of an organization that is somebody's or nobody's
create table guessed_account (
    subject               bytea primary key,
    failures              integer not null,
    failures_of_strangers integer not null,
    last_guess_at         timestamp(6) with time zone not null
);

create index guessed_account_by_guess on guessed_account (last_guess_at);

-- wrong passwords of strangers that came from an address, of IPv6 from a network of 64 bits
create table guessing_address (
    network       varchar(64) primary key,
    failures      integer not null,
    begun_at      timestamp(6) with time zone not null,
    blocked_until timestamp(6) with time zone not null
);

create index guessing_address_by_wait on guessing_address (blocked_until);

-- browsers in which a user has signed in, each by the digest of its cookie
create table known_browser (
    id            uuid primary key,
    user_id       uuid  not null references user_account on delete cascade,
    cookie_digest bytea not null,
    sign_in_id    uuid,
    last_used_at  timestamp(6) with time zone not null,
    unique (user_id, cookie_digest)
);

create index known_browser_by_cookie on known_browser (cookie_digest);
create index known_browser_by_use on known_browser (last_used_at);
