-- the APIs for which a token was asked, space-separated; empty for our own
alter table authorization_code add column audience varchar(1000) default '' not null;
alter table session add column audience varchar(1000) default '' not null;
