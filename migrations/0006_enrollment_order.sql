-- Indexes of enrollments in the order in which lists show them, and none that an import pays for without a reader.

-- Within an organization: also the list of one year by trainee.
drop index pathways.enrollment_key;
create unique index enrollment_key on pathways.enrollment (organization_id, academic_year, trainee_key, program_key, grantee_code);

-- Across organizations: the hub's list of one year by trainee.
drop index pathways.enrollment_year;
create index enrollment_list on pathways.enrollment (academic_year, trainee_key, organization_id, id) where archived_at is null;

-- Only undo looks for a roster's rows, within one organization: the primary key leads to them.
drop index pathways.enrollment_roster;

-- A number of its own per row costs less when a connection takes several at once; gaps mean nothing.
alter sequence pathways.enrollment_id cache 100;

-- They read settings and tables only: figures over many rows may be counted by several processes at once.
alter function directory.sees_every_organization() parallel safe;
alter function directory.actor_organization() parallel safe;
alter function directory.reads_identities() parallel safe;
