-- Mail: the outbox, and how often each person wants to hear from the hub.

-- Who runs the hub: administrators, and the hub itself.
create function directory.administers_the_hub() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(current_setting('trellis.actor', true) = 'system', false) or exists (
    select from directory.membership m
    where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and m.role = 'administrator' and m.ended_on is null)
$$;

create table platform.mail (
  -- Also the mail's Message-ID.
  id uuid primary key,
  -- The same key is never queued twice.
  key text not null unique check (length(key) between 1 and 300),
  kind text not null check (kind in ('sign-in-link', 'invitation', 'password-reset', 'notice', 'digest', 'reminder', 'test', 'personal-data')),
  recipient text not null check (length(recipient) between 3 and 320),
  person_id uuid,
  subject text not null check (length(subject) between 1 and 300),
  -- Null once it is wiped.
  body text,
  is_secret boolean not null default false,
  -- waiting -> sending -> sent | bounced | failed | perhaps_sent, or back to waiting; kept where no mail server is set.
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'bounced', 'failed', 'perhaps_sent', 'kept')),
  -- How often a server was asked to take it.
  tries int not null default 0,
  -- The mail server's last answer where it did not take the mail, or what happened instead.
  reply_code int,
  reason text,
  queued_at timestamptz not null default now(),
  -- The last sign of life.
  updated_at timestamptz not null default now(),
  settled_at timestamptz
);
create index on platform.mail (state, queued_at desc);
create index on platform.mail (lower(recipient), settled_at desc) where state in ('sent', 'bounced');
create index on platform.mail (queued_at desc);

grant select, insert on platform.mail to trellis_app;
grant update (recipient, subject, body, state, tries, reply_code, reason, updated_at, settled_at) on platform.mail to trellis_app;

-- Everybody may cause a mail, also who is not signed in and asks for a sign-in link. Who runs the hub reads the outbox.
alter table platform.mail enable row level security;
alter table platform.mail force row level security;
create policy everybody_queues on platform.mail for insert to public
  with check (state = 'waiting' and tries = 0 and reply_code is null and reason is null and settled_at is null);
create policy administrators_read on platform.mail for select to public using ((select directory.administers_the_hub()));
create policy administrators_update on platform.mail for update to public using ((select directory.administers_the_hub()));

-- Without a row a person has the defaults.
create table directory.mail_preference (
  person_id uuid primary key references directory.person,
  digest text not null default 'weekly' check (digest in ('daily', 'weekly', 'never')),
  reminders boolean not null default true,
  updated_at timestamptz not null default now()
);
grant select, insert, update on directory.mail_preference to trellis_app;

-- One's own, whatever one's role; the hub itself reads them all, and writes for the links that leave.
alter table directory.mail_preference enable row level security;
alter table directory.mail_preference force row level security;
create policy own_preference on directory.mail_preference to public using (
  (select current_setting('trellis.actor', true)) = 'system'
  or person_id = nullif((select current_setting('trellis.person', true)), '')::uuid);
