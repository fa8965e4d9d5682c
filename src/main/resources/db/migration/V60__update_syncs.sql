-- Synchronisations of pools with their repositories, which the pool carries out by itself. One a pool at a time.
create table update_sync (
    id         uuid        primary key,
    world      text        not null,
    pool_uuid  uuid        not null,
    state      text        not null,
    created_by text        not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    -- reference of the pool's task; null until the pool has accepted the call
    task       text,
    -- of the repository's updates, once they are there
    hash       text,
    failure    text,
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index update_sync_of_pool on update_sync (world, pool_uuid, started_at desc);
create unique index update_sync_running on update_sync (world, pool_uuid) where state = 'RUNNING';
