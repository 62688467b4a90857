-- Following the library by mail, without an account.

create table library.subscription (
  id uuid primary key,
  email text not null check (length(email) between 3 and 320),
  -- What is followed: words and filters of a list's address, always in one order.
  view text not null check (length(view) <= 1500),
  often text not null check (often in ('weekly', 'monthly')),
  language text not null check (language in ('en', 'es')),
  asked_at timestamptz not null,
  -- Null: whoever has the address has not said yes.
  confirmed_at timestamptz,
  -- What changed up to here has been told, or was there before.
  told_until timestamptz,
  check ((confirmed_at is null) = (told_until is null))
);
create unique index on library.subscription (lower(email), md5(view));
create index on library.subscription (told_until) where confirmed_at is not null;
create index on library.subscription (asked_at) where confirmed_at is null;
grant select, insert, update, delete on library.subscription to trellis_app;

-- The hub itself, and nobody who works in it.
alter table library.subscription enable row level security;
alter table library.subscription force row level security;
create policy the_hub_alone on library.subscription to public
  using (coalesce(current_setting('trellis.actor', true) = 'system', false));

-- Where who gets a mail leaves the list that it comes from, for mail programs that offer it.
alter table platform.mail add column leave_path text check (leave_path ~ '^/[^/\\]' and length(leave_path) <= 400);
grant update (leave_path) on platform.mail to trellis_app;

alter table platform.mail drop constraint mail_kind_check;
alter table platform.mail add constraint mail_kind_check check (kind in
  ('sign-in-link', 'invitation', 'password-reset', 'notice', 'digest', 'reminder', 'test', 'personal-data', 'submission', 'follow'));

-- Who follows what is not for administrators either, so they do not see these mails.
alter policy administrators_read on platform.mail using ((select directory.administers_the_hub())
  and (kind <> 'follow' or coalesce(current_setting('trellis.actor', true) = 'system', false)));
alter policy administrators_update on platform.mail using ((select directory.administers_the_hub())
  and (kind <> 'follow' or coalesce(current_setting('trellis.actor', true) = 'system', false)));
