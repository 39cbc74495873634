-- Whom nobody trusts has to ask the user. An installation's own applications are trusted, all others ask from now on.
alter table application add column trusted boolean default false not null;
update application set trusted = true
where id in ('lapse-console', 'demo-two-console', 'demo-desk', 'demo-two-desk');

-- where the installation itself serves an application, no administrator sends people elsewhere
alter table application add column redirect_uris_fixed boolean default false not null;
update application set redirect_uris_fixed = true where id in ('lapse-console', 'demo-two-console');

-- consent is given to the addresses that there are: who adds one has to ask anew
alter table application add column redirect_uris_added_at timestamp(6) with time zone;

-- permissions and their areas are scopes too
alter table application alter column scope set data type varchar(1000);

create table consent (
    id             uuid primary key,
    user_id        uuid          not null references user_account on delete cascade,
    application_id varchar(64)   not null references application on delete cascade,
    scope          varchar(1000) not null,
    given_at       timestamp(6) with time zone not null,
    unique (user_id, application_id)
);

create index consent_by_application on consent (application_id);

-- A scope limits what a token may do. What acts on its own, and who administers, goes on as before.
update session set scope = 'all' where state <> 'ENDED' and sign_in_id is null;
update session set scope = trim(scope || ' all')
where state <> 'ENDED' and application_id in ('lapse-console', 'demo-two-console');
