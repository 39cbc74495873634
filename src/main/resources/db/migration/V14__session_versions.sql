-- Each change takes a number from one sequence, after it has locked what it changes; the rows keep it as their version.
create sequence change_number;

alter table session add column version bigint default 0 not null;
create index session_by_version on session (version);

-- the access token before the present one, which stays good for the calls that are under way
alter table session add column former_token_digest bytea;
alter table session add column former_token_until timestamp(6) with time zone;

alter table user_account add column entitlements_version bigint default 0 not null;
create index user_account_by_entitlements on user_account (entitlements_version);

-- what its successor is made of, together with the token itself, so that who repeats a request gets the same answer
alter table refresh_token add column salt bytea;

-- who redeems a code twice waits for the other, so nobody need be told of it afterwards
alter table authorization_code drop column reused_at;
