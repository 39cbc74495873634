-- whom a record concerns, whoever acted: a user, an application, a session
alter table audit_record add column concerned_user_id uuid;
alter table audit_record add column concerned_application_id varchar(64);
alter table audit_record add column concerned_session_id uuid;

-- records of sessions that are still known, and of users
merge into audit_record a using session s
    on a.organization_id = s.organization_id and a.entity_id = cast(s.id as varchar) and a.entity_type = 'session'
    when matched then update set concerned_user_id = s.user_id, concerned_application_id = s.application_id,
        concerned_session_id = s.id;
update audit_record set concerned_user_id = cast(entity_id as uuid)
    where entity_type = 'user' and entity_id <> 'unknown';
update audit_record set concerned_application_id = entity_id where entity_type = 'application';

-- consents are of the users who gave them
update audit_record set concerned_user_id = cast(actor_id as uuid)
    where action in ('consent.give', 'consent.revoke') and actor_type = 'user';

create index audit_record_by_concerned_user on audit_record (organization_id, concerned_user_id, recorded_at);
create index audit_record_by_concerned_session on audit_record (organization_id, concerned_session_id, recorded_at);
