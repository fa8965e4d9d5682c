-- Requests that were done already; kept for 24 hours.
create table idempotency_key (
    caller     text                     not null,
    operation  text                     not null,
    key        text                     not null,
    body_hash  text                     not null,
    reference  text,
    created_at timestamp with time zone not null,
    primary key (caller, operation, key)
);

create index idempotency_key_created_at on idempotency_key (created_at);
