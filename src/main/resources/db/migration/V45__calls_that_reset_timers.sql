-- What each node counts of the calls that reset timers, by quarters of an hour; the nodes' rows are added up.
create table call_count (
    id              uuid primary key,
    started_at      timestamp(6) with time zone not null,
    organization_id uuid not null references organization (id) on delete cascade,
    application_id  varchar(64) not null,
    call_name       varchar(250) not null,
    resets          bigint not null,
    unattended      bigint not null,
    kept            bigint not null,
    kept_alone      bigint not null,
    steady          bigint not null,
    steady_millis   bigint not null
);
create index call_count_by_organization on call_count (organization_id, started_at);
create index call_count_by_start on call_count (started_at);
