-- from where something was done, and through which application
alter table audit_record add column application_id varchar(64);
alter table audit_record add column remote_address varchar(64);

-- what an auditor asks for: about one thing, by one actor, one kind of event; and what is to be forgotten
create index audit_record_by_entity on audit_record (organization_id, entity_id, recorded_at);
create index audit_record_by_actor on audit_record (organization_id, actor_id, recorded_at);
create index audit_record_by_action on audit_record (organization_id, action, recorded_at);
create index audit_record_by_time on audit_record (recorded_at);
