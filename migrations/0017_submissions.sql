-- What people send to the library without an account, what was decided of it, and whether the library's links still lead somewhere.

create table library.submission (
  id uuid primary key,
  -- SHA-256 of the secret in the sender's own address.
  token_hash bytea not null unique check (length(token_hash) = 32),
  kind text not null check (kind in ('practice', 'correction')),
  -- What a correction is of.
  practice_id uuid references library.practice,
  state text not null check (state in ('waiting', 'probably_spam', 'drafted', 'published', 'applied', 'merged', 'refused', 'spam')),
  -- As src/modules/library/submissions/submission.types.ts has it. Who sent it stands elsewhere, and is erased.
  content jsonb not null,
  -- Why it waits among what is probably spam.
  suspicion text check (suspicion in ('trap', 'links')),
  -- One more with every decision: of two who decide at the same time, one is told so.
  version int not null default 1,
  -- What came of it: its draft, later published, or the practice that it is a duplicate of.
  result_id uuid references library.practice,
  sent_at timestamptz not null,
  decided_at timestamptz,
  check ((kind = 'correction') = (practice_id is not null))
);
create index on library.submission (state, sent_at);
create index on library.submission (result_id) where result_id is not null;
create index on library.submission (practice_id) where practice_id is not null;

-- Whom to answer. Read by librarians alone; the row goes some time after the decision.
create table library.submission_sender (
  submission_id uuid primary key references library.submission,
  name text not null check (length(name) <= 200),
  email text not null check (length(email) <= 320),
  check (name <> '' or email <> '')
);

-- What was decided, by whom, when and why.
create table library.submission_decision (
  submission_id uuid not null references library.submission,
  -- The submission's version that it made.
  version int not null,
  decision text not null check (decision in ('waiting', 'drafted', 'published', 'applied', 'merged', 'refused', 'spam')),
  reason text check (length(reason) between 1 and 2000),
  practice_id uuid references library.practice,
  -- Null: the hub itself.
  decided_by uuid,
  decided_at timestamptz not null,
  primary key (submission_id, version)
);
create index on library.submission_decision (decided_at desc);

-- The addresses that published practices lead to, and how they answered last. They are longer than an index takes.
create table library.link (
  key text generated always as (md5(url)) stored primary key,
  url text not null,
  -- guarded: it answers, but keeps programs out; failing: no good answer yet, on fewer than three days.
  state text not null default 'unchecked' check (state in ('unchecked', 'ok', 'moved', 'guarded', 'failing', 'dead')),
  status int,
  problem text,
  moved_to text,
  -- Days in a row on which it failed, and the last of them.
  failed_days int not null default 0,
  failed_on date,
  checked_at timestamptz
);
create index on library.link (checked_at nulls first);
create index on library.link (state) where state not in ('unchecked', 'ok');

grant select, insert, delete on library.submission_sender to trellis_app;
grant select, insert on library.submission, library.submission_decision to trellis_app;
grant update (state, version, practice_id, result_id, decided_at) on library.submission to trellis_app;
grant update (practice_id) on library.submission_decision to trellis_app;
grant select, insert, update, delete on library.link to trellis_app;

-- Librarians and the hub itself; the hub receives what somebody without an account sends, and shows it to who has its secret.
alter table library.submission enable row level security;
alter table library.submission force row level security;
create policy librarians on library.submission to public using ((select library.may_edit()));
alter table library.submission_sender enable row level security;
alter table library.submission_sender force row level security;
create policy librarians on library.submission_sender to public using ((select library.may_edit()));
alter table library.submission_decision enable row level security;
alter table library.submission_decision force row level security;
create policy librarians on library.submission_decision to public using ((select library.may_edit()));

-- A dead link is told to everybody who reads the practice.
alter table library.link enable row level security;
alter table library.link force row level security;
create policy everybody_reads on library.link for select to public using (true);
create policy librarians_add on library.link for insert to public with check ((select library.may_edit()));
create policy librarians_change on library.link for update to public using ((select library.may_edit()));
create policy librarians_remove on library.link for delete to public using ((select library.may_edit()));

-- Answers to senders.
alter table platform.mail drop constraint mail_kind_check;
alter table platform.mail add constraint mail_kind_check check (kind in
  ('sign-in-link', 'invitation', 'password-reset', 'notice', 'digest', 'reminder', 'test', 'personal-data', 'submission'));
