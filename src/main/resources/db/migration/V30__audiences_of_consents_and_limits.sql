-- the APIs for which the user has consented, space-separated; empty for our own alone, as all before
alter table consent add column audience varchar(10000) default '' not null;
