-- what people are shown of their own sign-ins: the address and the browser, roughly, at the last password
alter table sign_in add column address varchar(64);
alter table sign_in add column browser varchar(64);

-- until when the holder of its token may have a new one, because its user has come back at the page for that
alter table session add column renewable_until timestamp(6) with time zone;
