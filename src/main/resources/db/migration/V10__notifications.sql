-- what applications opened to hear of what happens; of the key that lets one connect only the digest is kept
create table notification_channel (
    id              uuid primary key,
    organization_id uuid        not null references organization,
    application_id  varchar(64) not null references application on delete cascade,
    user_id         uuid references user_account on delete cascade,
    session_id      uuid        not null references session on delete cascade,
    key_digest      bytea       not null unique,
    revision        integer     not null,
    last_used_at    timestamp(6) with time zone not null,
    expires_at      timestamp(6) with time zone not null
);

create index notification_channel_by_holder on notification_channel (application_id, user_id);
create index notification_channel_by_session on notification_channel (session_id);
create index notification_channel_by_user on notification_channel (user_id);
create index notification_channel_by_expiry on notification_channel (expires_at);

create table notification_subscription (
    channel_id uuid        not null references notification_channel on delete cascade,
    topic      varchar(64) not null,
    primary key (channel_id, topic)
);
