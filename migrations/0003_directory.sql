-- Organizations, people and their roles, places.

create schema directory;
grant usage on schema directory to trellis_app;

create table directory.state (code char(2) primary key, fips char(2) not null unique, name text not null);

-- Counties of the 2023 vintage (Connecticut: planning regions). `superseded` keeps codes that older files still use.
create table directory.county (
  fips char(5) primary key,
  state char(2) not null references directory.state,
  name text not null,
  superseded boolean not null default false,
  population int, population_acs int,
  white int, black int, asian int, american_indian int, pacific_islander int, other_race int, two_or_more int, hispanic int,
  poverty_pct numeric(5, 2), median_income int,
  rucc smallint, is_rural boolean
);
create index on directory.county (state, name);

-- Shortage designations (HPSA): one row per designation, and the counties that its components lie in.
create table directory.shortage_designation (
  id text primary key, name text not null, discipline text not null, designation_type text not null, score smallint,
  designated_on date, updated_on date, source text not null
);
create table directory.shortage_county (
  designation_id text not null references directory.shortage_designation on delete cascade,
  county_fips char(5) not null,
  component_type text not null default '',
  primary key (designation_id, county_fips, component_type)
);
create index on directory.shortage_county (county_fips);
grant select on directory.state, directory.county to trellis_app;
grant select, insert, update, delete on directory.shortage_designation, directory.shortage_county to trellis_app;

create table directory.organization (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  organization_type text not null,
  state char(2) references directory.state,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create table directory.grantee_code (
  organization_id uuid not null references directory.organization,
  code text not null check (code = upper(code) and code ~ '^[A-Z0-9][A-Z0-9._-]{0,39}$'),
  primary key (organization_id, code)
);
create unique index on directory.grantee_code (code);

create table directory.award (
  organization_id uuid not null references directory.organization,
  id uuid not null default gen_random_uuid(),
  program text not null,
  number text not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  grantee_code text,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, grantee_code) references directory.grantee_code (organization_id, code)
);

create table directory.person (
  id uuid primary key default gen_random_uuid(),
  user_id text not null unique references auth."user" ("id"),
  name text not null check (length(name) between 1 and 120),
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create table directory.membership (
  organization_id uuid not null references directory.organization,
  id uuid not null default gen_random_uuid() unique,
  person_id uuid not null references directory.person,
  role text not null check (role in ('administrator', 'hub_staff', 'organization_lead', 'supervisor', 'worker', 'partner')),
  grants text[] not null default '{}' check (grants <@ array['librarian', 'reviewer', 'facilitator', 'evaluator']),
  started_on date not null default current_date,
  ended_on date,
  primary key (organization_id, id),
  check (cardinality(grants) = 0 or role = 'hub_staff')
);
create unique index on directory.membership (organization_id, person_id, role) where ended_on is null;
create index on directory.membership (person_id);

create table directory.site (
  organization_id uuid not null references directory.organization,
  id uuid not null default gen_random_uuid(),
  name text not null,
  name_key text not null,
  county_fips char(5) references directory.county,
  primary key (organization_id, id)
);
create unique index on directory.site (organization_id, name_key, coalesce(county_fips, ''));

grant select, insert, update on directory.organization, directory.person, directory.membership, directory.award, directory.site to trellis_app;
grant select, insert, delete on directory.grantee_code to trellis_app;

-- Row-level security. A transaction names its actor in settings (trellis.actor, trellis.person, trellis.membership);
-- these functions alone decide which organizations that actor reaches. They look the membership up themselves, so that
-- a role is never taken from a setting.
create function directory.sees_every_organization() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(current_setting('trellis.actor', true) = 'system', false) or exists (
    select from directory.membership m
    where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and m.role in ('administrator', 'hub_staff') and m.ended_on is null)
$$;
create function directory.actor_organization() returns uuid language sql stable security definer set search_path = '' as $$
  select m.organization_id from directory.membership m
  where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
    and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
    and m.ended_on is null
$$;
-- Evaluators read records under pseudonyms.
create function directory.reads_identities() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(current_setting('trellis.actor', true) = 'system', false) or exists (
    select from directory.membership m
    where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and m.ended_on is null and not ('evaluator' = any (m.grants)))
$$;

-- The one statement per organization-owned table: `owner_column` says whose row it is.
create function directory.guard(guarded regclass, owner_column text default 'organization_id', is_forced boolean default true) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  if is_forced then execute format('alter table %s force row level security', guarded); end if;
  execute format(
    'create policy by_organization on %s to public using ((select directory.sees_every_organization()) or %I = (select directory.actor_organization()))',
    guarded, owner_column);
end $$;

select directory.guard('directory.organization', 'id');
select directory.guard('directory.grantee_code');
select directory.guard('directory.award');
select directory.guard('directory.site');
select directory.guard('platform.audit');
select directory.guard('platform.audit_seal');
select directory.guard('platform.audit_unsealed');
-- Not forced on the owner: the functions above read it with the owner's eyes.
select directory.guard('directory.membership', 'organization_id', false);

-- A person is seen by those who share an organization with them, and by themselves.
alter table directory.person enable row level security;
create policy by_membership on directory.person to public using (
  (select directory.sees_every_organization())
  or id = nullif((select current_setting('trellis.person', true)), '')::uuid
  or exists (select from directory.membership m where m.person_id = person.id and m.organization_id = (select directory.actor_organization())));

-- Who signs in: all memberships of a user, before there is an actor.
create function directory.memberships_of_user(of_user text)
returns table (person_id uuid, person_name text, membership_id uuid, organization_id uuid, organization_name text, role text, grants text[])
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, m.id, m.organization_id, o.name, m.role, m.grants
  from directory.person p
    join directory.membership m on m.person_id = p.id and m.ended_on is null
    join directory.organization o on o.id = m.organization_id and o.archived_at is null
  where p.user_id = of_user and p.archived_at is null
  order by (m.role in ('administrator', 'hub_staff')) desc, o.name, m.role, m.id
$$;
revoke execute on function directory.memberships_of_user(text) from public;
grant execute on function directory.memberships_of_user(text) to trellis_app;

-- Who works for whom, and what an organization is, is written by the hub alone: otherwise a lead's own organization
-- would let them make themselves one of the hub.
create function directory.only_the_hub() returns trigger language plpgsql set search_path = '' as $$
begin
  if not directory.sees_every_organization() then
    raise insufficient_privilege using message = 'only the hub writes ' || tg_table_schema || '.' || tg_table_name;
  end if;
  return new;
end $$;
create trigger only_the_hub before insert or update on directory.organization for each row execute function directory.only_the_hub();
create trigger only_the_hub before insert or update on directory.membership for each row execute function directory.only_the_hub();
create trigger only_the_hub before insert or update on directory.person for each row execute function directory.only_the_hub();
create trigger only_the_hub before insert or update on directory.grantee_code for each row execute function directory.only_the_hub();
create trigger only_the_hub before insert or update on directory.award for each row execute function directory.only_the_hub();
