-- Watching the hub: what failed, and what the status page reads.

-- One row per kind of failure: where it happened and what it was, with how often. No messages, which may quote values.
create table platform.failure (
  -- Of kind, place, type, code and the place in the program.
  fingerprint text primary key check (fingerprint ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('request', 'job')),
  -- A route's method and pattern, or a job's name.
  place text not null check (length(place) <= 300),
  error_type text not null check (length(error_type) <= 100),
  code text check (length(code) <= 60),
  stack text[] not null default '{}',
  count bigint not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  -- Of the newest one; it stands on the page that the person saw, and in the log.
  last_request_id text check (length(last_request_id) <= 60)
);
create index on platform.failure (last_seen desc);
grant select, insert, update, delete on platform.failure to trellis_app;
alter table platform.failure enable row level security;
alter table platform.failure force row level security;
create policy of_the_hub on platform.failure to public using ((select directory.administers_the_hub()));

-- The status page asks when the hub was last backed up, among all that was ever recorded.
create index on platform.audit (organization_id, id) where event in ('platform.backup-written', 'platform.backup-restored');

-- Which migrations the database has had.
grant select on public.kysely_migration to trellis_app;

-- Files of rosters that were put aside are not kept for ever; the row stays.
alter table pathways.roster add column file_removed_at timestamptz;
create index on pathways.roster (file_hash);
