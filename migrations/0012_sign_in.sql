-- Further ways to sign in, the second factor, links that work once, and what a person may ask of their own data.

-- When this session showed a second factor (a code of the authenticator, a recovery code, a passkey); null: not yet.
alter table auth."session" add column "secondFactorAt" timestamptz;

-- The secret of the authenticator app, encrypted with the hub's secret; it counts once a first code was right.
create table auth.second_factor (
  user_id text primary key references auth."user" ("id") on delete cascade,
  secret_encrypted bytea not null,
  confirmed_at timestamptz,
  -- Until it is confirmed the secret is for the session that was shown it, and for no other.
  made_in_session text,
  -- The time step of the last code that was taken: no code works twice.
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

-- Codes on paper, for the day the authenticator is lost. Random enough for a plain hash.
create table auth.recovery_code (
  user_id text not null references auth."user" ("id") on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table auth.passkey (
  credential_id text primary key,
  user_id text not null references auth."user" ("id") on delete cascade,
  name text not null check (length(name) between 1 and 60),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index on auth.passkey (user_id);

-- Links sent by mail. Only the hash of the token is kept.
create table auth.one_time_link (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('sign-in', 'invitation', 'new-password')),
  user_id text not null references auth."user" ("id") on delete cascade,
  leads_to text not null default '/work',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on auth.one_time_link (user_id);
grant select, insert, update, delete on auth.second_factor, auth.recovery_code, auth.passkey, auth.one_time_link to trellis_app;

-- What a person asks to have erased, and what became of it.
create table directory.erasure_request (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references directory.person,
  asked_at timestamptz not null,
  reason text not null default '' check (length(reason) <= 2000),
  decided_at timestamptz,
  decision text check (decision in ('erased', 'refused', 'withdrawn')),
  answer text not null default '' check (length(answer) <= 2000),
  check ((decided_at is null) = (decision is null))
);
create unique index on directory.erasure_request (person_id) where decided_at is null;
alter table directory.erasure_request enable row level security;
alter table directory.erasure_request force row level security;
create policy by_person on directory.erasure_request to public using (
  (select directory.sees_every_organization()) or person_id = nullif((select current_setting('trellis.person', true)), '')::uuid);
grant select, insert, update on directory.erasure_request to trellis_app;

-- Whoever signs in: all memberships of a user, before there is an actor; and how the user can show a second factor.
drop function directory.memberships_of_user(text);
create function directory.memberships_of_user(of_user text)
returns table (person_id uuid, person_name text, membership_id uuid, organization_id uuid, organization_name text, role text, grants text[],
  has_authenticator boolean, has_passkey boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, m.id, m.organization_id, o.name, m.role, m.grants,
    exists (select from auth.second_factor f where f.user_id = of_user and f.confirmed_at is not null),
    exists (select from auth.passkey k where k.user_id = of_user)
  from directory.person p
    join directory.membership m on m.person_id = p.id and m.ended_on is null
    join directory.organization o on o.id = m.organization_id and o.archived_at is null
  where p.user_id = of_user and p.archived_at is null
  order by (m.role in ('administrator', 'hub_staff')) desc, o.name, m.role, m.id
$$;
revoke execute on function directory.memberships_of_user(text) from public;
grant execute on function directory.memberships_of_user(text) to trellis_app;
