-- the scope of the present access token where a refresh asked for less than was granted, space-separated
alter table session add column token_scope varchar(1000);
