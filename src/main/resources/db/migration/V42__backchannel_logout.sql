-- where an application hears that its users' sessions have ended (OpenID Connect Back-Channel Logout 1.0, section 2.2)
alter table application add column backchannel_logout_uri varchar(1000);
