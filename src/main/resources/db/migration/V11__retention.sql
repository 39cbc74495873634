-- what is over is found by when it was over
create index session_by_end on session (ended_at);
create index sign_in_by_expiry on sign_in (expires_at);
create index password_guess_by_wait on password_guess (blocked_until);
