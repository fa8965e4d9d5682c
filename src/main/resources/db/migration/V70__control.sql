-- What people ask of a running job, when jobs may work, and which job repeats which. Old code neither reads nor writes any of it.

create table maintenance_window (
    id         uuid primary key,
    name       text        not null,
    -- the window as it is defined; the columns beside it are those that queries need
    kept       jsonb       not null,
    created_at timestamptz not null
);
create index maintenance_window_by_name on maintenance_window (name, id);

alter table pool_update
    add column pause_requested boolean not null default false,
    add column skip_hosts      uuid[]  not null default '{}',
    -- while it waits for its time: when it will be looked at first
    add column not_before      timestamptz,
    add column window_id       uuid references maintenance_window (id);
create index pool_update_window on pool_update (window_id) where window_id is not null;

alter table update_job
    add column retry_of uuid references update_job (id) on delete set null;
create index update_job_retry on update_job (retry_of) where retry_of is not null;
