-- Positions never go back, also when the newest events are removed: readers and Last-Event-ID rely on that.
create sequence event_position;
select setval('event_position', (select coalesce(max(position), 0) + 1 from event), false);
