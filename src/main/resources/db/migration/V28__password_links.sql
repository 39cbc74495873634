-- an address by which somebody who has forgotten the password sets another one: the digest of what stands in it
create table password_link (
    digest          bytea primary key,
    organization_id uuid   not null references organization,
    user_id         uuid   not null references user_account on delete cascade,
    -- what the user may do as it is made, space-separated: who may do more by then is out of its reach
    permissions     text   not null,
    expires_at      timestamp(6) with time zone not null,
    end_reason      varchar(20),
    refusals        integer not null
);

create index password_link_by_user on password_link (user_id);
create index password_link_by_expiry on password_link (expires_at);
