-- what a user shows to others; no row for users who never set a presence: they are Offline and off queue
create table user_presence (
    user_id              uuid primary key references user_account on delete cascade,
    organization_id      uuid        not null references organization,
    presence             varchar(20) not null,
    message              varchar(500),
    modified_at          timestamp(6) with time zone not null,
    routing_status       varchar(20) not null,
    routing_status_since timestamp(6) with time zone not null
);

-- what a client stored to show the same screen again; the subject is a user's id, or the application's own
create table client_state (
    application_id  varchar(64) not null references application on delete cascade,
    subject         varchar(64) not null,
    organization_id uuid        not null references organization,
    document        bytea       not null,
    written_at      timestamp(6) with time zone not null,
    primary key (application_id, subject)
);

create index client_state_by_subject on client_state (subject);
create index client_state_by_writing on client_state (written_at);
