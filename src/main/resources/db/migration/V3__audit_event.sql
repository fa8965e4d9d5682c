-- Who changed what.
create table audit_event (
    id      bigint generated always as identity primary key,
    at      timestamp with time zone not null,
    actor   text                     not null,
    role    text                     not null,
    action  text                     not null,
    subject text                     not null,
    scope   jsonb                    not null default '{}', -- of the actor: who sees the row
    details jsonb                    not null default '{}'
);

create index audit_event_actor on audit_event (actor, id);
create index audit_event_subject on audit_event (subject, id);
create index audit_event_at on audit_event (at);
