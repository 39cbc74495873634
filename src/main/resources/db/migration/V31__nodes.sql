-- Each node that uses the database: with a lease where there are several, without one where it is alone.
create table node (
    id           uuid primary key,
    name         varchar(100) not null,
    version      varchar(100) not null,
    started_at   timestamp(6) with time zone not null,
    joined_at    timestamp(6) with time zone not null,
    lease_until  timestamp(6) with time zone,
    closed_until timestamp(6) with time zone not null,
    lag_millis   bigint not null
);

-- A server that was killed has left no mark of an orderly stop: its row stands for that from now on.
insert into node (id, name, version, started_at, joined_at, closed_until, lag_millis)
    select cast('00000000-0000-0000-0000-000000000031' as uuid), 'unknown', 'unknown', current_timestamp,
           current_timestamp, current_timestamp, 0
    where not exists (select * from activity_checkpoint) and exists (select * from session where state <> 'ENDED');
drop table activity_checkpoint;

-- A token that one node has not seen yet is looked up in the database, the one before the present one too.
create index session_by_former_token on session (former_token_digest);
