-- The ids of embedded applications are chosen by clients: each organization has ids of its own, so that none learns which
-- ids another one has.
create table client_app_of_organization (
    id              uuid          not null,
    organization_id uuid          not null references organization,
    application_id  varchar(64)   not null references application on delete cascade,
    name            varchar(200)  not null,
    url             varchar(1000) not null,
    version         integer       not null,
    constraint client_app_by_id primary key (organization_id, id)
);

insert into client_app_of_organization (id, organization_id, application_id, name, url, version)
select id, organization_id, application_id, name, url, version from client_app;

drop table client_app;
alter table client_app_of_organization rename to client_app;

create index client_app_by_name on client_app (organization_id, name);
