-- What happened. A row is seen by readers once it has a position; positions follow the order of commit, ids do not.
create table event (
    id        bigint generated always as identity primary key,
    position  bigint unique,
    type      text                     not null,
    at        timestamp with time zone not null,
    pool_uuid uuid,
    host_uuid uuid,
    job_id    uuid,
    world     text                     not null default 'real',
    labels    jsonb                    not null default '{}', -- of the pool, as they were then: the scope of readers
    data      jsonb                    not null default '{}'
);

create index event_unpositioned on event (id) where position is null;
create index event_job_position on event (job_id, position) where job_id is not null;
create index event_pool_position on event (pool_uuid, position) where pool_uuid is not null;
