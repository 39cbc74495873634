-- whether a client must show by PKCE that it is the one that asked for a code
alter table application add column proof_key_required boolean default true not null;
