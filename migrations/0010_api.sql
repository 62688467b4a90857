-- The API: tokens, stored answers of repeated writes, webhooks.

-- A token of an organization acts under a membership of its own, so that row-level security decides as for people. Whom
-- that membership belongs to is no person who signs in: a row of this table without a user.
alter table directory.person alter column user_id drop not null;

create table directory.api_token (
  organization_id uuid not null,
  id uuid not null default gen_random_uuid() unique,
  -- Under which it acts: a person's own, or the service membership made with it.
  membership_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  scopes text[] not null check (cardinality(scopes) between 1 and 30),
  -- SHA-256 of the token, which is shown once and kept nowhere.
  hash bytea not null unique check (octet_length(hash) = 32),
  -- Its last characters, to tell tokens apart.
  hint text not null,
  made_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null check (expires_at > created_at and expires_at <= created_at + interval '366 days 1 hour'),
  last_used_on date,
  revoked_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, membership_id) references directory.membership (organization_id, id)
);
create index on directory.api_token (membership_id);
select directory.guard('directory.api_token');
grant select (organization_id, id, membership_id, name, scopes, hint, made_by, created_at, expires_at, last_used_on, revoked_at)
  on directory.api_token to trellis_app;

-- Whose token may be made and revoked by whom: everybody their own, administrators also those of organizations. An
-- evaluator, who writes nothing else, may have one too: hence functions, which see as the hub itself and let nothing
-- else through.
-- They become the hub for their own length, and tell who it was before: a function's SET of such a setting would need an
-- owner with superuser rights.
create function directory.act_as_the_hub() returns text language plpgsql set search_path = '' as $$
declare
  before text := coalesce(current_setting('trellis.actor', true), '');
begin
  perform set_config('trellis.actor', 'system', true);
  return before;
end $$;
revoke execute on function directory.act_as_the_hub() from public;

-- Called by the two below, as the hub.
create function directory.may_handle_token(of_membership uuid) returns boolean language sql stable security definer
set search_path = '' as $$
  select exists (
    select from directory.membership mine
      join directory.membership other on other.id = of_membership
      join directory.person bearer on bearer.id = other.person_id
    where mine.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and mine.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and mine.ended_on is null
      and (other.person_id = mine.person_id or (mine.role = 'administrator' and bearer.user_id is null)))
$$;
create function directory.make_api_token(new_id uuid, of_membership uuid, new_name text, new_scopes text[], new_hash bytea, new_hint text, made_at timestamptz, ends_at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
declare
  before text := directory.act_as_the_hub();
begin
  if not directory.may_handle_token(of_membership) then
    raise insufficient_privilege using message = 'a token is made by whom it acts for, or by an administrator for an organization';
  end if;
  insert into directory.api_token (organization_id, id, membership_id, name, scopes, hash, hint, made_by, created_at, expires_at)
    select m.organization_id, new_id, m.id, new_name, new_scopes, new_hash, new_hint, nullif(current_setting('trellis.person', true), '')::uuid, made_at, ends_at
    from directory.membership m where m.id = of_membership and m.ended_on is null;
  if not found then raise insufficient_privilege using message = 'the membership has ended'; end if;
  perform set_config('trellis.actor', before, true);
end $$;
create function directory.revoke_api_token(token uuid, at timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  before text := directory.act_as_the_hub();
  of_membership uuid;
  may boolean;
begin
  select t.membership_id into of_membership from directory.api_token t where t.id = token and t.revoked_at is null;
  may := of_membership is not null and directory.may_handle_token(of_membership);
  if may then update directory.api_token set revoked_at = at where id = token; end if;
  perform set_config('trellis.actor', before, true);
  return may;
end $$;

-- Who comes with a token, before there is an actor: the membership must hold now.
create function directory.bearer_of_token(of_hash bytea)
returns table (token_id uuid, token_name text, scopes text[], expires_at timestamptz, revoked_at timestamptz, last_used_on date, user_id text, person_id uuid,
  person_name text, membership_id uuid, organization_id uuid, organization_name text, role text, grants text[])
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  before text := directory.act_as_the_hub();
begin
  return query select t.id, t.name, t.scopes, t.expires_at, t.revoked_at, t.last_used_on, coalesce(p.user_id, 'service:' || p.id), p.id, p.name, m.id, o.id, o.name, m.role, m.grants
  from directory.api_token t
    join directory.membership m on m.organization_id = t.organization_id and m.id = t.membership_id and m.ended_on is null
    join directory.person p on p.id = m.person_id and p.archived_at is null
    join directory.organization o on o.id = m.organization_id and o.archived_at is null
  where t.hash = of_hash;
  perform set_config('trellis.actor', before, true);
end $$;
create function directory.note_token_use(of_hash bytea, day date) returns void language plpgsql security definer set search_path = '' as $$
declare
  before text := directory.act_as_the_hub();
begin
  update directory.api_token set last_used_on = day where hash = of_hash and last_used_on is distinct from day;
  perform set_config('trellis.actor', before, true);
end $$;
-- The membership of an organization's token, for work that goes on after the request. Once no token of it holds any
-- more, there is none.
create function directory.service_membership(of_membership uuid, at timestamptz)
returns table (person_id uuid, person_name text, membership_id uuid, organization_id uuid, organization_name text, role text, grants text[])
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  before text := directory.act_as_the_hub();
begin
  return query select p.id, p.name, m.id, o.id, o.name, m.role, m.grants
  from directory.membership m
    join directory.person p on p.id = m.person_id and p.user_id is null and p.archived_at is null
    join directory.organization o on o.id = m.organization_id and o.archived_at is null
  where m.id = of_membership and m.ended_on is null
    and exists (select from directory.api_token t where t.organization_id = m.organization_id and t.membership_id = m.id and t.revoked_at is null and t.expires_at > at);
  perform set_config('trellis.actor', before, true);
end $$;
revoke execute on function directory.may_handle_token(uuid), directory.make_api_token(uuid, uuid, text, text[], bytea, text, timestamptz, timestamptz),
  directory.revoke_api_token(uuid, timestamptz), directory.bearer_of_token(bytea), directory.note_token_use(bytea, date), directory.service_membership(uuid, timestamptz) from public;
grant execute on function directory.make_api_token(uuid, uuid, text, text[], bytea, text, timestamptz, timestamptz),
  directory.revoke_api_token(uuid, timestamptz), directory.bearer_of_token(bytea), directory.note_token_use(bytea, date), directory.service_membership(uuid, timestamptz) to trellis_app;

-- What a write with an Idempotency-Key was answered, written in the same transaction as the work itself.
create table platform.idempotency_key (
  organization_id uuid not null,
  token_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  -- SHA-256 of method, path and what was sent.
  fingerprint bytea not null,
  status int not null,
  headers jsonb not null default '{}',
  body text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, token_id, key)
);
create index on platform.idempotency_key (created_at);
grant select, insert, update, delete on platform.idempotency_key to trellis_app;
select directory.guard('platform.idempotency_key');

-- Where an organization wants to be told what happens. The signing secret is derived from the hub's, and not kept.
create table platform.webhook (
  organization_id uuid not null,
  id uuid not null default gen_random_uuid() unique,
  url text not null check (length(url) between 1 and 2000),
  events text[] not null check (cardinality(events) between 1 and 200),
  is_on boolean not null default true,
  made_by uuid,
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);
grant select, insert, update, delete on platform.webhook to trellis_app;
select directory.guard('platform.webhook');

-- What was sent, or is to be; kept for some days.
create table platform.webhook_delivery (
  organization_id uuid not null,
  id uuid not null default gen_random_uuid() unique,
  webhook_id uuid not null,
  event text not null,
  body text not null,
  -- waiting -> delivered | failed | dropped (switched off meanwhile)
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  tries int not null default 0,
  -- What the last try met: the answer's status, or what kept it from getting there.
  status int,
  problem text,
  next_try_at timestamptz,
  created_at timestamptz not null default now(),
  tried_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, webhook_id) references platform.webhook on delete cascade
);
create index on platform.webhook_delivery (organization_id, webhook_id, created_at desc);
create index on platform.webhook_delivery (created_at);
grant select, insert, update, delete on platform.webhook_delivery to trellis_app;
select directory.guard('platform.webhook_delivery');

-- One delivery per webhook that wants this event: the organization's own, and the hub's, which hears of all. As the hub
-- itself, since whoever does something need not see who is told. The ids are for the queue.
create function platform.queue_webhooks(of_organization uuid, event_name text, subject_kind text, subject_id text, event_data jsonb, at timestamptz)
returns setof uuid language plpgsql security definer set search_path = '' as $$
declare
  before text := directory.act_as_the_hub();
begin
  return query insert into platform.webhook_delivery (organization_id, id, webhook_id, event, body, created_at)
  select w.organization_id, made.id, w.id, event_name,
    jsonb_build_object('id', 'msg_' || made.id, 'event', event_name, 'organization', of_organization,
      'subject', jsonb_build_object('kind', subject_kind, 'id', subject_id), 'data', event_data,
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, at
  from platform.webhook w
    join directory.organization o on o.id = w.organization_id
    cross join lateral (select gen_random_uuid() as id where w.id is not null) made
  where w.is_on and event_name = any (w.events) and (w.organization_id = of_organization or o.organization_type = 'hub')
  returning platform.webhook_delivery.id;
  perform set_config('trellis.actor', before, true);
end $$;
revoke execute on function platform.queue_webhooks(uuid, text, text, text, jsonb, timestamptz) from public;
grant execute on function platform.queue_webhooks(uuid, text, text, text, jsonb, timestamptz) to trellis_app;

-- Read from the other end, by cursor: what is sealed, in the order of the seals.
create index on platform.audit_seal (organization_id, sequence);
