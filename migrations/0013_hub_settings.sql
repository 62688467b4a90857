-- What a hub says of itself: short name, logo, accent color, time zone; and how far its first steps have come.

alter table platform.hub
  add column short_name text check (length(short_name) between 1 and 40),
  add column logo_hash text check (logo_hash ~ '^[0-9a-f]{64}$'),
  add column logo_type text check (logo_type in ('image/png', 'image/jpeg', 'image/webp')),
  add column logo_width int check (logo_width > 0),
  add column logo_height int check (logo_height > 0),
  -- The picture shows the name, so that it is not written beside it.
  add column logo_says_name boolean not null default false,
  -- Null: the colors that Trellis brings. It is written into a style sheet, hence the narrow form.
  add column accent text check (accent ~ '^#[0-9a-f]{6}$'),
  add column time_zone text not null default 'America/New_York' check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
  -- The hub was named when it was made.
  add column steps_done text[] not null default '{name}',
  add column steps_later text[] not null default '{}',
  add column steps_ended_at timestamptz,
  add constraint whole_logo check (num_nulls(logo_hash, logo_type, logo_width, logo_height) in (0, 4));

-- Hubs of before have found their way.
update platform.hub set steps_ended_at = now();

grant select (short_name, logo_hash, logo_type, logo_width, logo_height, logo_says_name, accent, time_zone, steps_done, steps_later, steps_ended_at),
  update (short_name, logo_hash, logo_type, logo_width, logo_height, logo_says_name, accent, time_zone, steps_done, steps_later, steps_ended_at)
  on platform.hub to trellis_app;

-- Everybody reads what the hub is called; who runs it writes. Not forced on the owner, whose function makes pseudonyms of its secret.
alter table platform.hub enable row level security;
create policy everybody_reads on platform.hub for select to public using (true);
create policy administrators_make on platform.hub for insert to public with check ((select directory.administers_the_hub()));
create policy administrators_change on platform.hub for update to public using ((select directory.administers_the_hub()));
