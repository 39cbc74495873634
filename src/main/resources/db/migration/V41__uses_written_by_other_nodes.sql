-- What one node writes of uses, the others read within a moment: each batch is one row, kept for a minute.
create table written_use (
    change_number bigint primary key,
    written_at    timestamp(6) with time zone default current_timestamp not null,
    session_ids   uuid array not null,
    moments       timestamp(6) with time zone array not null,
    sources       varchar(250) array not null
);
