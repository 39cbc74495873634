-- What one of several nodes does at a time: each locks the row of it first.
create table turn (
    what varchar(64) primary key
);
insert into turn values ('FIRST_START'), ('SIGNING_KEY');

-- A change of the keys has a number, by which the other nodes notice it.
alter table signing_key add column change_number bigint default 0 not null;
create index signing_key_by_change on signing_key (change_number);
