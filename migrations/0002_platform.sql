-- Technical foundation: the application's role, sign-in, hub, code lists, audit.

do $$ begin
  if not exists (select from pg_roles where rolname = 'trellis_app') then
    -- Holds what the application may do. It owns nothing; the role that signs in is a member of it.
    create role trellis_app nologin nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
end $$;

grant usage on schema pgboss to trellis_app;
grant select, insert, update, delete on all tables in schema pgboss to trellis_app;
grant execute on all functions in schema pgboss to trellis_app;

create schema auth;
grant usage on schema auth to trellis_app;

-- Names and shapes of the sign-in library (better-auth 1.7).
create table auth."user" (
  "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null,
  "image" text, "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null default current_timestamp
);
create table auth."session" (
  "id" text primary key, "expiresAt" timestamptz not null, "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null,
  "ipAddress" text, "userAgent" text, "userId" text not null references auth."user" ("id") on delete cascade,
  "activeMembershipId" text
);
create index on auth."session" ("userId");
create table auth."account" (
  "id" text primary key, "accountId" text not null, "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
  "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null
);
create index on auth."account" ("userId");
create table auth."verification" (
  "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp, "updatedAt" timestamptz not null default current_timestamp
);
create index on auth."verification" ("identifier");
grant select, insert, update, delete on all tables in schema auth to trellis_app;

create schema platform;
grant usage on schema platform to trellis_app;

-- One row at the most: the hub itself.
create table platform.hub (
  only_one boolean primary key default true check (only_one),
  name text not null,
  is_demo boolean not null default false,
  -- Behind the names under which people without the right to identities see records.
  pseudonym_secret bytea not null default sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea),
  created_at timestamptz not null default now()
);
grant select (only_one, name, is_demo, created_at), insert (name, is_demo), update (name) on platform.hub to trellis_app;

-- Which files of reference/ are loaded, so that an unchanged file is not loaded again.
create table platform.reference_file (name text primary key, hash text not null, loaded_at timestamptz not null default now());

create table platform.code_list (
  list_id text not null, version int not null, source text not null, verified boolean not null,
  effective_from date, effective_to date,
  primary key (list_id, version)
);
create table platform.code (
  list_id text not null, version int not null, code text not null, label text not null, position int not null,
  primary key (list_id, version, code),
  foreign key (list_id, version) references platform.code_list on delete cascade
);
grant select on platform.code_list, platform.code to trellis_app;

create table platform.audit (
  organization_id uuid not null,
  id bigint generated always as identity,
  recorded_at timestamptz not null default clock_timestamp(),
  event text not null,
  actor_kind text not null check (actor_kind in ('person', 'system')),
  person_id uuid,
  membership_id uuid,
  subject_kind text not null,
  subject_id text not null,
  data jsonb not null default '{}',
  request_id text,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (organization_id, id)
);
create index on platform.audit (id);
create index on platform.audit (organization_id, subject_kind, subject_id);
grant select, insert on platform.audit to trellis_app;

create table platform.audit_unsealed (organization_id uuid not null, audit_id bigint not null, transaction_id xid8 not null, primary key (audit_id));
create function platform.queue_for_sealing() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into platform.audit_unsealed values (new.organization_id, new.id, new.transaction_id);
  return null;
end $$;
create trigger queue_for_sealing after insert on platform.audit for each row execute function platform.queue_for_sealing();

-- The chain: each link's hash covers its row and the link before it.
create table platform.audit_seal (
  sequence bigint primary key,
  organization_id uuid not null,
  audit_id bigint not null unique,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp()
);

create function platform.audit_text(entry platform.audit) returns text language sql immutable set search_path = '' as $$
  select jsonb_build_array(entry.organization_id, entry.id, extract(epoch from entry.recorded_at)::text, entry.event, entry.actor_kind, entry.person_id,
    entry.membership_id, entry.subject_kind, entry.subject_id, entry.data, entry.request_id)::text
$$;

-- Seals what is committed. Rows of transactions that may still be running wait, so that the chain follows the order of
-- commits: no row can appear later below one that is sealed. One caller at a time. Returns how many rows it sealed.
create function platform.seal_audit() returns bigint language plpgsql security definer set search_path = '' as $$
declare
  entry record;
  sealed bigint := 0;
  next_sequence bigint;
  last_hash bytea;
begin
  perform pg_advisory_xact_lock(hashtext('platform.seal_audit'));
  perform set_config('trellis.actor', 'system', true);
  select coalesce(max(s.sequence), 0) + 1 into next_sequence from platform.audit_seal s;
  select s.hash into last_hash from platform.audit_seal s where s.sequence = next_sequence - 1;
  last_hash := coalesce(last_hash, sha256('trellis'));
  for entry in
    select q.audit_id, q.organization_id, a as row_itself from platform.audit_unsealed q
      join platform.audit a on a.organization_id = q.organization_id and a.id = q.audit_id
      where q.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by q.transaction_id, q.audit_id
  loop
    insert into platform.audit_seal (sequence, organization_id, audit_id, previous_hash, hash)
      values (next_sequence, entry.organization_id, entry.audit_id, last_hash,
        sha256(last_hash || convert_to(platform.audit_text(entry.row_itself), 'UTF8')))
      returning hash into last_hash;
    delete from platform.audit_unsealed where audit_id = entry.audit_id;
    next_sequence := next_sequence + 1;
    sealed := sealed + 1;
  end loop;
  return sealed;
end $$;
grant select on platform.audit_seal, platform.audit_unsealed to trellis_app;
grant execute on function platform.seal_audit() to trellis_app;
