-- What sockets at other nodes are told keeps the number of its change, so that each node finds it once and in order.
alter table session add column token_number bigint default 0 not null;
alter table session add column token_given_at timestamp(6) with time zone;

alter table user_presence add column change_number bigint default 0 not null;
alter table user_presence add column presence_number bigint default 0 not null;
alter table user_presence add column routing_number bigint default 0 not null;
create index user_presence_by_change on user_presence (change_number);

-- which connection is the channel's, and why it was closed before its time
alter table notification_channel add column change_number bigint default 0 not null;
alter table notification_channel add column connection uuid;
alter table notification_channel add column closed_as varchar(32);
create index notification_channel_by_change on notification_channel (change_number);
