-- the oldest assessments are forgotten in portions
create index assessment_by_age on assessment (created_at);
