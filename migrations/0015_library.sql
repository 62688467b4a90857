-- The practice library: practices with all their versions, and what finds them.

create extension if not exists unaccent schema public;
create extension if not exists pg_trgm schema public;

create schema library;
grant usage on schema library to trellis_app;

-- Words without their accents, stemmed as their language does it.
create text search configuration library.english (copy = pg_catalog.english);
alter text search configuration library.english
  alter mapping for hword, hword_part, word with public.unaccent, english_stem;
create text search configuration library.spanish (copy = pg_catalog.spanish);
alter text search configuration library.spanish
  alter mapping for hword, hword_part, word with public.unaccent, spanish_stem;

-- Small letters without accents. The dictionary is named, so that the answer does not depend on anybody's settings.
create function library.plain(written text) returns text language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, written)) $$;

-- Who writes the library: administrators and librarians of the hub, and the hub itself.
create function library.may_edit() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(current_setting('trellis.actor', true) = 'system', false) or exists (
    select from directory.membership m
    where m.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and m.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and m.ended_on is null
      and (m.role = 'administrator' or (m.role = 'hub_staff' and 'librarian' = any (m.grants))))
$$;

-- What a practice is filed under, as "group:code". The groups are those of src/modules/library/practices/facets.ts.
create function library.facets_of(content jsonb) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct facet order by facet), '{}') from (
    select g.facet || ':' || code as facet
    from (values ('state', 'states'), ('category', 'categories'), ('stage', 'stages'), ('occupation', 'occupations'),
        ('setting', 'settings'), ('population', 'populations'), ('mechanism', 'mechanisms')) g (facet, field)
      cross join lateral jsonb_array_elements_text(coalesce(content -> g.field, '[]')) code
    union all select 'status:' || (content ->> 'status') where content ->> 'status' is not null
    union all select 'obligation:' || case when content -> 'obligation' is null or content -> 'obligation' = 'null' then 'no' else 'yes' end
  ) filed
$$;

-- The search configuration for a text in a language.
create function library.config_of(language text) returns regconfig language sql immutable parallel safe
  as $$ select case language when 'es' then 'library.spanish'::regconfig else 'library.english'::regconfig end $$;

-- A text's words. Where the database sorts by bytes, PostgreSQL takes every mark that is not ASCII for a letter: "¡Hola" would not
-- be found by "hola".
create function library.words_of(language text, written text) returns tsvector language sql immutable parallel safe
  as $$ select to_tsvector(library.config_of(language), translate(written, '¡¿“”„‘’‚«»‹›…—–•·', repeat(' ', 17))) $$;

create function library.search_of(content jsonb, keywords text) returns tsvector language sql immutable parallel safe as $$
  select setweight(library.words_of(language, content ->> 'title'), 'A')
    || setweight(library.words_of(language, concat_ws(' ', content ->> 'summary', content ->> 'sponsor', keywords)), 'B')
    || setweight(library.words_of(language, coalesce(content ->> 'description', '')), 'C')
    || setweight(library.words_of(language, concat_ws(' ', content ->> 'costToRun', content ->> 'staffing', content ->> 'adaptation', content #>> '{funding,note}')), 'D')
  from (select content ->> 'language' as language) spoken
$$;

-- The content is the one truth (src/modules/library/practices/practice.types.ts has its form); what finds a practice is computed from it.
create table library.practice (
  id uuid primary key,
  -- Its place in the address; stays when the title changes.
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  -- merged: another one tells it now; withdrawn: no longer offered, its address says so.
  state text not null default 'draft' check (state in ('draft', 'published', 'merged', 'withdrawn')),
  merged_into uuid references library.practice,
  withdrawn_because text check (length(withdrawn_because) between 1 and 2000),
  version int not null default 1,
  content jsonb not null,
  -- What reviewers agreed on, on the ordinal ladder that all scales are mapped to; null: not yet rated.
  rating text,
  -- Names of its states, categories and so on, in every language, for the search.
  keywords text not null default '',
  created_at timestamptz not null,
  published_at timestamptz,
  -- The last change that the public can see.
  changed_at timestamptz not null,
  title text generated always as (content ->> 'title') stored,
  review_by date,
  facets text[] generated always as (library.facets_of(content) || ('rating:' || coalesce(rating, 'not_rated'))) stored,
  search tsvector generated always as (library.search_of(content, keywords)) stored,
  check ((state = 'merged') = (merged_into is not null)),
  check ((state = 'withdrawn') = (withdrawn_because is not null)),
  check (state = 'draft' or published_at is not null)
);
create index on library.practice using gin (facets);
create index on library.practice using gin (search);
create index on library.practice (changed_at, id) where state <> 'draft';
create index on library.practice (library.plain(title), id) where state = 'published';
create index on library.practice using gin (library.plain(title) public.gin_trgm_ops);
create index on library.practice (review_by) where state = 'published';

-- Every edit, whole.
create table library.practice_version (
  practice_id uuid not null references library.practice,
  version int not null,
  content jsonb not null,
  reason text not null check (length(reason) between 1 and 1000),
  -- Null: it came with Trellis, or with an import.
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (practice_id, version)
);

-- The words of the published library, to find the one that was meant when one is mistyped.
create table library.word (word text primary key);
create index on library.word using gin (word public.gin_trgm_ops);

create function library.learn_words() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'published' then
    insert into library.word
    select distinct word from regexp_split_to_table(
      library.plain(concat_ws(' ', new.content ->> 'title', new.content ->> 'summary', new.content ->> 'sponsor', new.content ->> 'description', new.keywords)),
      '[^[:alnum:]]+') word
    where length(word) between 4 and 40
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger learn_words after insert or update of content, keywords, state on library.practice
  for each row execute function library.learn_words();

grant select, insert on library.practice, library.practice_version to trellis_app;
grant update (slug, state, merged_into, withdrawn_because, version, content, rating, keywords, published_at, changed_at, review_by) on library.practice to trellis_app;
grant select on library.word to trellis_app;

-- Drafts are the hub's own; everything else has been public, and its address goes on answering.
alter table library.practice enable row level security;
alter table library.practice force row level security;
create policy everybody_reads on library.practice for select to public
  using (state <> 'draft' or (select directory.sees_every_organization()));
create policy librarians_add on library.practice for insert to public with check ((select library.may_edit()));
create policy librarians_change on library.practice for update to public using ((select library.may_edit()));

alter table library.practice_version enable row level security;
alter table library.practice_version force row level security;
create policy with_its_practice on library.practice_version for select to public
  using (exists (select from library.practice p where p.id = practice_id));
create policy librarians_add on library.practice_version for insert to public with check ((select library.may_edit()));
