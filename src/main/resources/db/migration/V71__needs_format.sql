-- The least version of what is kept that a program must know to go on with a pool update (ADR 0014). What is there already needs nothing new.

alter table pool_update add column needs_format integer not null default 0;
