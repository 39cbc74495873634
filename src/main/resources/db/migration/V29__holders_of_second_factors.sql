-- who has begun to set an authenticator app up, and may confirm it: a session, or a browser at its second step
alter table totp_authenticator add column pending_holder varchar(100);

-- when two factors were proved last, where the sign-in counts for two
alter table sign_in add column two_factors_at timestamp(6) with time zone;
alter table authorization_code add column two_factors_at timestamp(6) with time zone;
alter table refresh_token add column two_factors_at timestamp(6) with time zone;
update sign_in set two_factors_at = authenticated_at where authentication_methods like '%mfa%';
update authorization_code set two_factors_at = authenticated_at where authentication_methods like '%mfa%';
update refresh_token set two_factors_at = authenticated_at where authentication_methods like '%mfa%';
