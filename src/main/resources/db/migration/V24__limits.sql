-- How much a user or an application has made lately; and what they are locked by while what they have is counted.
create table limit_use (
    what      varchar(32) not null,
    holder    varchar(128) not null,
    begun_at  timestamp(6) with time zone not null,
    uses      integer     not null,
    primary key (what, holder)
);

create index limit_use_by_beginning on limit_use (begun_at);

-- a password that somebody else chose opens nothing before it is changed
alter table user_account add column password_must_change boolean default false not null;
