-- Registered pools. Few rows; the aggregate RegisteredPool.
create table pool (
    world           text        not null,
    uuid            uuid        not null,
    version         bigint      not null,
    address         text        not null,
    endpoint_host   text        not null,
    endpoint_port   integer     not null,
    endpoint_tls    boolean     not null,
    -- v1:<keyId>:<nonce>:<ciphertext>, bound to the pool and the field
    username_sealed text        not null,
    password_sealed text        not null,
    -- raised when a connection that is open must be opened anew
    access_version  bigint      not null,
    pins            jsonb       not null,
    -- the certificate that was met first, for pools that don't tell the certificates of their hosts
    expected        text,
    labels          jsonb       not null,
    registered_at   timestamptz not null,
    registered_by   text        not null,
    primary key (world, uuid)
);
create index pool_labels on pool using gin (labels jsonb_path_ops);

-- Who watches a pool, and what came of it. Every inventory write names the epoch and raises the revision.
create table pool_watch (
    world        text        not null,
    pool_uuid    uuid        not null,
    epoch        bigint      not null,
    revision     bigint      not null,
    owner        uuid,
    state        text        not null,
    since        timestamptz not null,
    presented    text,
    primary key (world, pool_uuid),
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);

create table watch_instance (
    id      uuid        primary key,
    seen_at timestamptz not null
);

create table pool_inventory (
    world      text        not null,
    pool_uuid  uuid        not null,
    name       text        not null,
    document   jsonb       not null,
    digest     text        not null,
    changed_at timestamptz not null,
    primary key (world, pool_uuid),
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index pool_inventory_by_name on pool_inventory (world, name, pool_uuid);

create table host_inventory (
    world         text        not null,
    pool_uuid     uuid        not null,
    host_uuid     uuid        not null,
    name          text        not null,
    update_status text        not null,
    pending_tasks text[]      not null,
    document      jsonb       not null,
    digest        text        not null,
    changed_at    timestamptz not null,
    primary key (world, pool_uuid, host_uuid),
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index host_inventory_by_host on host_inventory (world, host_uuid);
create index host_inventory_by_name on host_inventory (world, name, host_uuid, pool_uuid);

create table vm_inventory (
    world      text        not null,
    pool_uuid  uuid        not null,
    vm_uuid    uuid        not null,
    name       text        not null,
    -- the host it runs on; null when it does not run
    host_uuid  uuid,
    document   jsonb       not null,
    digest     text        not null,
    changed_at timestamptz not null,
    primary key (world, pool_uuid, vm_uuid),
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index vm_inventory_by_host on vm_inventory (world, host_uuid, name, vm_uuid) where host_uuid is not null;

create table update_inventory (
    world       text        not null,
    pool_uuid   uuid        not null,
    update_uuid uuid        not null,
    name        text        not null,
    document    jsonb       not null,
    digest      text        not null,
    changed_at  timestamptz not null,
    primary key (world, pool_uuid, update_uuid),
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index update_inventory_by_name on update_inventory (world, pool_uuid, name, update_uuid);
