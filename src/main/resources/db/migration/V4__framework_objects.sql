-- Applications are Framework objects: they have a number, a type and an annex, and are made from templates.

create sequence application_dbid start with 101;

alter table application add column dbid integer;
update application set dbid = nextval('application_dbid');
alter table application alter column dbid set default nextval('application_dbid');
alter table application alter column dbid set not null;
alter table application add constraint application_by_dbid unique (dbid);

alter table application add column application_type varchar(64) default 'CFGGenericClient' not null;
alter table application add column framework_version varchar(64) default '' not null;
-- a built-in template or one of the organization's own, which may have been deleted since
alter table application add column template_dbid integer;

create table application_annex (
    application_id varchar(64)   not null references application,
    section        varchar(255)  not null,
    option_key     varchar(255)  not null,
    option_value   varchar(4000) not null,
    primary key (application_id, section, option_key)
);

-- the organizations' own templates; below 1001 are the built-in ones, which are not in the database
create sequence application_template_dbid start with 1001;

create table application_template (
    dbid              integer primary key,
    organization_id   uuid         not null references organization,
    name              varchar(200) not null,
    application_type  varchar(64)  not null,
    framework_version varchar(64)  not null,
    enabled           boolean      not null,
    version           integer      not null,
    unique (organization_id, name)
);

create table application_template_option (
    template_dbid integer       not null references application_template,
    section       varchar(255)  not null,
    option_key    varchar(255)  not null,
    option_value  varchar(4000) not null,
    primary key (template_dbid, section, option_key)
);

create table application_template_annex (
    template_dbid integer       not null references application_template,
    section       varchar(255)  not null,
    option_key    varchar(255)  not null,
    option_value  varchar(4000) not null,
    primary key (template_dbid, section, option_key)
);
