-- Users and applications are kept when they are deleted, because sessions refer to them, but they give their names up.
alter table user_account alter column username drop not null;
alter table user_account alter column password_hash drop not null;
alter table user_account add column deleted_at timestamp(6) with time zone;

alter table application alter column name drop not null;
alter table application add column deleted_at timestamp(6) with time zone;
alter table application add column created_by uuid references user_account;
alter table application add column modified_by uuid references user_account;
alter table application add column scope varchar(200) default '' not null;
alter table application add column secret_required boolean default false not null;
update application set secret_required = true where secret_digest is not null;

alter table user_group add column description varchar(1000);
alter table user_group add column modified_at timestamp(6) with time zone default current_timestamp not null;
alter table user_group add column version integer default 1 not null;

alter table role add column description varchar(1000);
alter table role add column version integer default 1 not null;

create index user_role_by_role on user_role (role_id);
create index group_member_by_user on group_member (user_id);
create index application_role_by_role on application_role (role_id);
