-- Update images on their way into pools. The row outlives the instance that works on it, so that nothing is left in the pool.
create table update_upload (
    id           uuid        primary key,
    world        text        not null,
    pool_uuid    uuid        not null,
    size         bigint      not null,
    state        text        not null,
    -- whether nothing is left in the pool that must not be there
    cleared      boolean     not null default false,
    created_at   timestamptz not null,
    created_by   text        not null,
    ended_at     timestamptz,
    -- moved on by the instance that works on it, by the clock of the database; once it has passed, others may end the upload
    alive_until  timestamptz not null,
    -- whether the pool may have been asked to create an image
    image_asked  boolean     not null default false,
    vdi_uuid     uuid,
    update_uuid  uuid,
    known_before boolean     not null default false,
    failure      text,
    foreign key (world, pool_uuid) references pool (world, uuid) on delete cascade
);
create index update_upload_of_pool on update_upload (world, pool_uuid);
