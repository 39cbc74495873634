-- Administrators of installations that exist get the permissions that are new.
insert into role_permission (role_id, permission)
select p.role_id, n.permission
from role_permission p
         cross join (values ('oauth:client:add'),
                           ('oauth:client:delete'),
                           ('directory:user:view'),
                           ('directory:user:add'),
                           ('directory:user:edit'),
                           ('directory:user:delete'),
                           ('directory:user:setPassword'),
                           ('directory:group:add'),
                           ('directory:group:edit'),
                           ('directory:group:delete'),
                           ('authorization:role:view'),
                           ('authorization:role:edit'),
                           ('authorization:grant:add'),
                           ('presence:userPresence:edit'),
                           ('routing:userStatus:edit'),
                           ('integrations:integration:edit')) as n (permission)
where p.permission = 'directory:organization:admin';
