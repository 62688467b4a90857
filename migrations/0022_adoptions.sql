-- Which organizations use which practice, what they change in it, and how it went. Shown to the public with their consent alone.

create table library.adoption (
  organization_id uuid not null references directory.organization,
  id uuid not null unique,
  -- As it was when it was taken up. Where it is merged later, the adoption counts for the one that it went into.
  practice_id uuid not null references library.practice,
  practice_version int not null,
  state text not null check (state in ('considering', 'running', 'ended')),
  since date not null,
  takes_on text not null check (length(takes_on) between 1 and 4000),
  -- What is done otherwise, and why.
  adapts text not null default '' check (length(adapts) <= 4000),
  need text not null default '' check (length(need) <= 2000),
  -- Whom to ask: one of the organization's people, so that nobody's name is kept here.
  contact_id uuid references directory.person,
  ended_on date check (ended_on >= since),
  -- not_taken_up: it was considered, and no more.
  outcome text check (outcome in ('worked', 'mixed', 'did_not_work', 'too_early', 'not_taken_up')),
  how_it_went text not null default '' check (length(how_it_went) <= 4000),
  -- Null: not shown to the public.
  consented_by uuid references directory.person,
  consented_at timestamptz,
  -- One more with every change: of two who change it at the same time, one is told so.
  edition int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (practice_id, practice_version) references library.practice_version (practice_id, version),
  check ((state = 'ended') = (ended_on is not null and outcome is not null and how_it_went <> '')),
  check (state = 'ended' or (ended_on is null and outcome is null and how_it_went = '')),
  check ((consented_by is null) = (consented_at is null))
);
-- One at a time; what has ended may be tried again.
create unique index on library.adoption (organization_id, practice_id) where state <> 'ended';
create index on library.adoption (practice_id);
create index on library.adoption (changed_at desc, id);

-- Every change with what stood there before.
create table library.adoption_change (
  organization_id uuid not null,
  adoption_id uuid not null,
  -- The edition that it made.
  edition int not null,
  kind text not null check (kind in ('changed', 'ended', 'consented', 'consent_withdrawn')),
  before jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (organization_id, adoption_id, edition),
  foreign key (organization_id, adoption_id) references library.adoption
);

select directory.guard('library.adoption');
select directory.guard('library.adoption_change');
grant select, insert on library.adoption_change to trellis_app;
-- Nothing is shown from the first moment on: consent is given afterwards.
grant select, insert (organization_id, id, practice_id, practice_version, state, since, takes_on, adapts, need, contact_id, created_at, changed_at)
  on library.adoption to trellis_app;
grant update (state, since, takes_on, adapts, need, contact_id, ended_on, outcome, how_it_went, consented_by, consented_at, edition, changed_at)
  on library.adoption to trellis_app;

-- Consent is the organization's own: its lead gives it, in person. Taking it back is open to whoever may write the row.
create function library.only_leads_consent() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.consented_at is not null and (new.consented_at, new.consented_by) is distinct from (old.consented_at, old.consented_by)
    and not exists (
      select from directory.membership m
      where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
        and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
        and m.person_id = new.consented_by and m.organization_id = new.organization_id
        and m.ended_on is null and m.role = 'organization_lead')
  then
    raise insufficient_privilege using message = 'a lead of the organization itself consents to what the public is shown';
  end if;
  return new;
end $$;
create trigger only_leads_consent before update on library.adoption
  for each row execute function library.only_leads_consent();

-- The practices whose adoptions are shown with one: itself, and those that were merged into it.
create function library.practices_told_by(of_practice uuid) returns setof uuid language sql stable set search_path = '' as $$
  select of_practice union all select p.id from library.practice p where p.merged_into = of_practice
$$;

-- What everybody may read of those who consented, newest first: no person, no need, no contact.
create function library.shown_adoptions(of_practice uuid, most int)
returns table (organization_name text, organization_state text, state text, since date, adapts text, ended_on date, outcome text, how_it_went text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  before text := directory.act_as_the_hub();
begin
  return query select o.name, o.state::text, a.state, a.since, a.adapts, a.ended_on, a.outcome, a.how_it_went
    from library.adoption a join directory.organization o on o.id = a.organization_id
    where a.practice_id in (select library.practices_told_by(of_practice)) and a.consented_at is not null and o.archived_at is null
    order by a.since desc, o.name, a.id limit most;
  perform set_config('trellis.actor', before, true);
end $$;
revoke execute on function library.shown_adoptions(uuid, int) from public;
grant execute on function library.shown_adoptions(uuid, int) to trellis_app;

-- How many organizations there are besides those that are shown: of the whole nation, and nothing else of them.
create function library.count_unshown_adopters(of_practice uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
  before text := directory.act_as_the_hub();
  found int;
begin
  select count(distinct a.organization_id) into found from library.adoption a
  where a.practice_id in (select library.practices_told_by(of_practice))
    and (a.state = 'running' or (a.state = 'ended' and a.outcome <> 'not_taken_up'))
    and not exists (
      select from library.adoption shown join directory.organization o on o.id = shown.organization_id
      where shown.organization_id = a.organization_id and shown.consented_at is not null and o.archived_at is null
        and shown.practice_id in (select library.practices_told_by(of_practice)));
  perform set_config('trellis.actor', before, true);
  return found;
end $$;
revoke execute on function library.count_unshown_adopters(uuid) from public;
grant execute on function library.count_unshown_adopters(uuid) to trellis_app;
