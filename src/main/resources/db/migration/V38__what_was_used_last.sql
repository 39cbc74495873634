-- which call or heartbeat the last activity was, so that other nodes and later readers can say it
alter table session add column last_activity_by varchar(250);
