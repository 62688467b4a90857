-- What is known of how well practices work, and how they are rated: by two reviewers who do not see each other's answers, and a
-- third where they disagree.

alter table library.practice add constraint practice_rating_check
  check (rating in ('strong', 'some', 'expert', 'insufficient', 'mixed', 'ineffective'));

-- One finding on a practice. It is never rewritten: a correction is a new item, and the old one is archived with the reason.
create table library.evidence (
  id uuid primary key,
  practice_id uuid not null references library.practice,
  -- Codes of the lists evidence_kind and evidence_design.
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
  design text not null check (design ~ '^[a-z_]{1,40}$'),
  setting text not null default '' check (length(setting) <= 500),
  -- How many took part; null: not known.
  participants int check (participants >= 0),
  -- What was measured.
  outcome text not null check (length(outcome) between 1 and 500),
  direction text not null check (direction in ('favors', 'no_difference', 'mixed', 'against', 'unclear')),
  source_title text not null check (length(source_title) between 1 and 500),
  source_publisher text not null default '' check (length(source_publisher) <= 300),
  source_year int check (source_year between 1800 and 2200),
  source_url text not null default '' check (length(source_url) <= 2000),
  note text not null default '' check (length(note) <= 4000),
  -- The item that this one corrects.
  replaces uuid references library.evidence,
  added_by uuid,
  added_at timestamptz not null,
  archived_by uuid,
  archived_at timestamptz,
  archived_because text check (length(archived_because) between 1 and 2000),
  check ((archived_at is null) = (archived_because is null))
);
create index on library.evidence (practice_id, added_at);

-- A rating of one practice on one scale of reference/rating-scales.json. open: the first two have not both answered;
-- disagreed: they have, differently, and a third decides; closed: the practice has this rating.
create table library.rating_round (
  id uuid primary key,
  practice_id uuid not null references library.practice,
  scale text not null check (scale ~ '^[a-z_]{1,40}$'),
  scale_version int not null,
  state text not null default 'open' check (state in ('open', 'disagreed', 'closed', 'cancelled')),
  reviewer_1 uuid not null references directory.person,
  reviewer_2 uuid not null references directory.person,
  reviewer_3 uuid references directory.person,
  opened_by uuid,
  opened_at timestamptz not null,
  -- What came of it: the scale's level, its place on the library's ladder, and whether the first two agreed.
  level text,
  rating text check (rating in ('strong', 'some', 'expert', 'insufficient', 'mixed', 'ineffective')),
  has_agreed boolean,
  -- How many items of evidence there were then.
  evidence_items int,
  closed_at timestamptz,
  cancelled_because text check (length(cancelled_because) between 1 and 2000),
  check (reviewer_1 <> reviewer_2 and reviewer_3 is distinct from reviewer_1 and reviewer_3 is distinct from reviewer_2),
  check ((state = 'closed') = (level is not null and rating is not null and has_agreed is not null and evidence_items is not null)),
  check ((state in ('closed', 'cancelled')) = (closed_at is not null)),
  check ((state = 'cancelled') = (cancelled_because is not null))
);
-- One at a time.
create unique index on library.rating_round (practice_id) where state in ('open', 'disagreed');
create index on library.rating_round (practice_id, closed_at);

-- What one reviewer answered; never changed. Seats 1 and 2 answer the rubric, 3 decides between them.
create table library.rating (
  round_id uuid not null references library.rating_round,
  seat int not null check (seat between 1 and 3),
  reviewer uuid not null references directory.person,
  -- Question to answer of the rubric; empty for seat 3.
  answers jsonb not null,
  -- The level that the rubric proposed; null where the scale has none for these answers, and for seat 3.
  proposed text,
  level text not null check (level ~ '^[a-z0-9_]{1,60}$'),
  reason text not null check (length(reason) between 1 and 4000),
  given_at timestamptz not null,
  primary key (round_id, seat),
  unique (round_id, reviewer)
);

-- Who acts, if they rate practices: people of the hub who are reviewers or librarians.
create function library.reviewer() returns uuid language sql stable security definer set search_path = '' as $$
  select m.person_id from directory.membership m
  where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
    and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
    and m.ended_on is null and m.role = 'hub_staff' and m.grants && array['reviewer', 'librarian']
$$;

-- Which seats of a round have answered. It says nothing of the answers.
create function library.seats_given(round uuid) returns int[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(r.seat order by r.seat), '{}') from library.rating r where r.round_id = round
$$;

grant select, insert on library.evidence, library.rating_round, library.rating to trellis_app;
-- practice_id: what was found on a practice goes with it when it is merged into another one.
grant update (practice_id, archived_by, archived_at, archived_because) on library.evidence to trellis_app;
grant update (state, reviewer_3, level, rating, has_agreed, evidence_items, closed_at, cancelled_because) on library.rating_round to trellis_app;

alter table library.evidence enable row level security;
alter table library.evidence force row level security;
create policy with_its_practice on library.evidence for select to public
  using (exists (select from library.practice p where p.id = practice_id));
create policy librarians_add on library.evidence for insert to public with check ((select library.may_edit()));
create policy librarians_archive on library.evidence for update to public using ((select library.may_edit()));

-- Rounds are the hub's own until they are closed; what is closed or cancelled stays as it is, and only the hub itself closes.
alter table library.rating_round enable row level security;
alter table library.rating_round force row level security;
create policy of_the_hub_or_closed on library.rating_round for select to public
  using ((select directory.sees_every_organization())
    or (state = 'closed' and exists (select from library.practice p where p.id = practice_id)));
create policy librarians_open on library.rating_round for insert to public
  with check ((select library.may_edit()) and (state = 'open' or (select current_setting('trellis.actor', true)) = 'system'));
create policy librarians_go_on on library.rating_round for update to public
  using ((select library.may_edit()) and state in ('open', 'disagreed'))
  with check ((select library.may_edit()) and (state in ('disagreed', 'cancelled') or (select current_setting('trellis.actor', true)) = 'system'));

-- Nobody reads another's answer before both are in: not the hub's staff, not the hub's own jobs. Not forced on the owner: the
-- function above counts answers with the owner's eyes, and a backup holds them.
alter table library.rating enable row level security;
create policy own_or_complete on library.rating for select to public using (
  reviewer = (select library.reviewer())
  or (library.seats_given(round_id) @> array[1, 2] and (
    (select directory.sees_every_organization())
    or exists (select from library.rating_round r where r.id = round_id and r.state = 'closed'))));
create policy reviewers_answer on library.rating for insert to public with check (
  reviewer = (select library.reviewer())
  and exists (select from library.rating_round r where r.id = round_id and (
    (r.state = 'open' and ((seat = 1 and r.reviewer_1 = reviewer) or (seat = 2 and r.reviewer_2 = reviewer)))
    or (r.state = 'disagreed' and seat = 3 and r.reviewer_3 = reviewer))));
