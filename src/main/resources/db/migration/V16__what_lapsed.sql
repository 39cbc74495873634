-- the deadline at which inactivity ended or locked it; of those before, only when the timer noticed is known
alter table session add column lapsed_at timestamp(6) with time zone;
update session set lapsed_at = ended_at where end_reason = 'INACTIVITY';

-- a sign-in is used when its password is given, and when its sessions are
alter table sign_in drop column last_used_at;
