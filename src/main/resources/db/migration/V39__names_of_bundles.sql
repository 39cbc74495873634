-- what administrators call a bundle of groups; those of before have none
alter table group_timeout add column name varchar(100);
