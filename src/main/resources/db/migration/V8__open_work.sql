alter table session add column held_until timestamp(6) with time zone;

-- open work that keeps sessions from becoming inactive: of one session, or of all of a user's
create table hold (
    id              uuid primary key,
    organization_id uuid         not null references organization,
    user_id         uuid references user_account,
    session_id      uuid references session,
    reason          varchar(200) not null,
    opened_at       timestamp(6) with time zone not null,
    until           timestamp(6) with time zone not null,
    ended_at        timestamp(6) with time zone
);

create index hold_by_session on hold (session_id, until);
create index hold_by_user on hold (user_id, until);
create index hold_by_end on hold (until);

-- what the original user must give at the re-login after the password was changed through another application
alter table session add column known_password_hash varchar(300);
