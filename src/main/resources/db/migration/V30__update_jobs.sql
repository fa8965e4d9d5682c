-- Update job -> pool update -> host update -> step: what is asked, who holds a pool, how far each host is.

create table update_job (
    id          uuid primary key,
    number      bigint generated always as identity unique,
    world       text        not null,
    name        text        not null,
    created_at  timestamptz not null,
    created_by  text        not null,
    request     jsonb       not null,
    labels      jsonb       not null,
    pool_labels jsonb       not null,
    rollout     jsonb       not null
);

create table pool_update (
    id               uuid primary key,
    job_id           uuid        not null references update_job (id) on delete cascade,
    world            text        not null,
    pool_uuid        uuid        not null,
    position         integer     not null,
    state            text        not null,
    cancel_requested boolean     not null default false,
    -- plain values and value objects; the columns beside it are those that queries and constraints need
    kept             jsonb       not null,
    created_at       timestamptz not null,
    finished_at      timestamptz,
    unique (job_id, position)
);

-- P5.2: at most one job at a time on a pool, whoever asks and whichever instance answers
create unique index one_active_update_per_pool on pool_update (world, pool_uuid)
    where state in ('PRECHECKING', 'RUNNING', 'PAUSED', 'CANCELLING', 'REVERTING');
create index pool_update_unfinished on pool_update (world, state) where finished_at is null;

create table host_update (
    pool_update_id    uuid    not null references pool_update (id) on delete cascade,
    host_uuid         uuid    not null,
    position          integer not null,
    state             text    not null,
    outcome           text,
    kept              jsonb   not null,
    planned_decision  jsonb,
    observed_decision jsonb,
    primary key (pool_update_id, host_uuid)
);
create index host_update_host on host_update (host_uuid);

create table step (
    pool_update_id uuid    not null,
    host_uuid      uuid    not null,
    position       integer not null,
    type           text    not null,
    state          text    not null,
    kept           jsonb   not null,
    primary key (pool_update_id, host_uuid, position),
    foreign key (pool_update_id, host_uuid) references host_update (pool_update_id, host_uuid) on delete cascade
);

-- The lease is for liveness, the epoch for correctness: every write of a slice names it.
create table pool_lease (
    world      text        not null,
    pool_uuid  uuid        not null,
    owner      text,
    epoch      bigint      not null,
    expires_at timestamptz not null,
    primary key (world, pool_uuid)
);
