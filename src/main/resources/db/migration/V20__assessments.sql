-- Assessments: a request, and for each pool what was seen, asked and found. Read-only for pools.
create table assessment (
    world      text        not null,
    id         uuid        not null,
    -- the order of the list
    number     bigint      generated always as identity,
    created_at timestamptz not null,
    created_by text        not null,
    request    jsonb       not null,
    -- null while a pool is still being asked
    completed_at timestamptz,
    outcome    text,
    primary key (world, id)
);
create unique index assessment_by_number on assessment (world, number);

create table assessment_pool (
    world         text        not null,
    assessment_id uuid        not null,
    pool_uuid     uuid        not null,
    position      integer     not null,
    name          text        not null,
    -- as they were when it was asked for: who may see the assessment
    labels        jsonb       not null,
    host_uuids    uuid[]      not null,
    -- what is kept between two slices; gone when the report is there
    observed_at   timestamptz,
    snapshot      jsonb,
    questions     jsonb,
    report        jsonb,
    primary key (world, assessment_id, pool_uuid),
    foreign key (world, assessment_id) references assessment (world, id) on delete cascade
);
