-- the cookie that the present one has replaced, for calls that were under way
alter table sign_in add column former_cookie_digest bytea;
create index sign_in_by_former_cookie on sign_in (former_cookie_digest);
