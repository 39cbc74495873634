-- readiness writes a row and takes it away again, so that a database that only reads is noticed
create table health_probe (
    id uuid primary key
);
