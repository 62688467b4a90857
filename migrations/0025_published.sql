-- The library as the public searches it, quickly, also with a hundred thousand practices.

-- Marks of changes (0014), for any table that something is counted over: one for each transaction and table.
create table platform.record_change (
  id uuid primary key default gen_random_uuid(),
  -- The table, with its schema.
  changed text not null,
  changed_at timestamptz not null default now()
);
create index on platform.record_change (changed);
grant select on platform.record_change to trellis_app;

create function platform.mark_record_change() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  here text := tg_table_schema || '.' || tg_table_name;
  noted text := 'trellis.changed_' || tg_table_schema || '_' || tg_table_name;
begin
  -- One mark is enough for a transaction, whatever number of statements it runs.
  if current_setting(noted, true) is distinct from pg_current_xact_id()::text then
    insert into platform.record_change (changed) values (here);
    perform set_config(noted, pg_current_xact_id()::text, true);
    -- Old marks are needed no more. Those that another transaction is removing stay its own: nobody waits for anybody here.
    delete from platform.record_change where id in (
      select c.id from platform.record_change c where c.changed = here and c.changed_at < now() - interval '1 day' for update skip locked);
  end if;
  return null;
end $$;

drop trigger mark_record_change on pathways.enrollment;
drop function pathways.mark_record_change();
drop table pathways.record_change;
create trigger mark_record_change after insert or update or delete on pathways.enrollment
  for each statement execute function platform.mark_record_change();
-- For what is there already. While there is no mark nothing is kept: a restore, say, leaves none.
insert into platform.record_change (changed) select 'pathways.enrollment' from (select from pathways.enrollment limit 1) as any_enrollment;

-- What finds a published practice, and nothing else. Everything in here is public, so it needs no row-level security; and under
-- a policy no index leads to words or filters, since PostgreSQL must ask the policy of every row first.
create table library.published (
  practice_id uuid primary key references library.practice on delete cascade,
  facets text[] not null,
  search tsvector not null,
  plain_title text not null,
  published_at timestamptz not null,
  changed_at timestamptz not null
);
create index on library.published using gin (facets);
create index on library.published using gin (search);
create index on library.published using gin (plain_title public.gin_trgm_ops);
create index on library.published (plain_title, practice_id);
create index on library.published (published_at desc, practice_id);
create index on library.published (changed_at desc, practice_id);
grant select on library.published to trellis_app;
create trigger mark_record_change after insert or update or delete on library.published
  for each statement execute function platform.mark_record_change();

create function library.publish() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'published' then
    insert into library.published (practice_id, facets, search, plain_title, published_at, changed_at)
    values (new.id, new.facets, library.search_of(new.content, new.keywords), library.plain(new.title), new.published_at, new.changed_at)
    on conflict (practice_id) do update set facets = excluded.facets, search = excluded.search,
      plain_title = excluded.plain_title, published_at = excluded.published_at, changed_at = excluded.changed_at;
  elsif tg_op = 'UPDATE' then
    if old.state = 'published' then delete from library.published where practice_id = new.id; end if;
  end if;
  return null;
end $$;
create trigger publish after insert or update on library.practice for each row execute function library.publish();

insert into library.published (practice_id, facets, search, plain_title, published_at, changed_at)
select id, facets, search, library.plain(title), published_at, changed_at from library.practice where state = 'published';

-- The policy kept these from being used.
drop index library.practice_facets_idx, library.practice_plain_id_idx, library.practice_plain_idx;
alter table library.practice drop column search;
