-- Materials of the library: documents, recordings and the like, as files or links, in versions; with captions, counted downloads, and
-- a search that also reads what is inside.

-- The content is the one truth (src/modules/library/materials/material.types.ts has its form).
create table library.material (
  id uuid primary key,
  -- Its place in the address; stays when the title changes.
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  -- archived: no longer offered, its address says why.
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  archived_because text check (length(archived_because) between 1 and 2000),
  -- Counts the edits of the description: two librarians never overwrite each other unseen. Not a version of the file.
  edition int not null default 1,
  content jsonb not null,
  -- The names of its kind in every language, for the search.
  keywords text not null default '',
  created_at timestamptz not null,
  published_at timestamptz,
  changed_at timestamptz not null,
  title text generated always as (content ->> 'title') stored,
  kind text generated always as (content ->> 'kind') stored,
  language text generated always as (content ->> 'language') stored,
  -- Of the description, the newest file's text and its captions; made by library.material_search.
  search tsvector not null default '',
  check ((state = 'archived') = (archived_because is not null)),
  check (state = 'draft' or published_at is not null)
);
create index on library.material using gin (search);
create index on library.material (library.plain(title), id) where state = 'published';
create index on library.material (published_at, id) where state = 'published';

-- The file, or the link. A new one is a new version; earlier ones stay.
create table library.material_version (
  material_id uuid not null references library.material,
  version int not null check (version > 0),
  reason text not null check (length(reason) between 1 and 1000),
  added_by uuid,
  added_at timestamptz not null,
  url text check (length(url) between 1 and 2000),
  file_hash text check (file_hash ~ '^[0-9a-f]{64}$'),
  -- As it is given out: without folders and invisible characters, ending as the content is.
  file_name text check (length(file_name) between 1 and 200),
  -- A kind of src/modules/library/materials/file-kinds.ts, by its content.
  file_kind text check (file_kind ~ '^[a-z0-9]{2,10}$'),
  file_bytes bigint check (file_bytes > 0),
  -- What a job reads out of a file: its text for the search, its first page as a picture.
  reading text not null default 'none' check (reading in ('none', 'waiting', 'done', 'failed')),
  pages int check (pages > 0),
  text text not null default '',
  picture_hash text check (picture_hash ~ '^[0-9a-f]{64}$'),
  picture_width int,
  picture_height int,
  primary key (material_id, version),
  check ((url is null) <> (file_hash is null)),
  check (num_nulls(file_hash, file_name, file_kind, file_bytes) in (0, 4)),
  check (num_nulls(picture_hash, picture_width, picture_height) in (0, 3))
);
create index on library.material_version (file_hash);
create index on library.material_version (picture_hash);

create table library.material_practice (
  material_id uuid not null references library.material,
  practice_id uuid not null references library.practice,
  primary key (material_id, practice_id)
);
create index on library.material_practice (practice_id);

-- The captions of a recording in one language; the file is kept as it came.
create table library.material_captions (
  material_id uuid not null,
  version int not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  added_by uuid,
  added_at timestamptz not null,
  primary key (material_id, version, language),
  foreign key (material_id, version) references library.material_version
);
create index on library.material_captions (file_hash);

-- What is said, and when. Plain text: marks of the file are taken off when it comes in.
create table library.material_cue (
  material_id uuid not null,
  version int not null,
  language text not null,
  position int not null,
  starts_ms int not null check (starts_ms >= 0),
  ends_ms int not null,
  text text not null,
  search tsvector generated always as (library.words_of(language, text)) stored,
  primary key (material_id, version, language, position),
  foreign key (material_id, version, language) references library.material_captions,
  check (ends_ms > starts_ms)
);
create index on library.material_cue using gin (search);

-- How often a version was taken along: a count for each day, and nothing of whom.
create table library.material_download (
  material_id uuid not null,
  version int not null,
  day date not null,
  count int not null check (count > 0),
  primary key (material_id, version, day),
  foreign key (material_id, version) references library.material_version
);

-- Everything that finds a material. Long texts are cut until PostgreSQL can hold their words.
create function library.material_search(of_material uuid) returns tsvector language plpgsql stable as $$
declare
  described tsvector;
  spoken text;
  newest record;
  said record;
  words tsvector;
  most int := 1000000;
begin
  select setweight(library.words_of(m.language, m.title), 'A')
      || setweight(library.words_of(m.language, concat_ws(' ', m.content ->> 'summary', m.content ->> 'authors', m.content ->> 'publisher', m.keywords)), 'B'),
    m.language
    into described, spoken from library.material m where m.id = of_material;
  select v.version, v.text into newest from library.material_version v where v.material_id = of_material order by v.version desc limit 1;
  if newest.version is null then return described; end if;
  loop
    begin
      words := described || setweight(library.words_of(spoken, left(newest.text, most)), 'D');
      -- Captions may be in another language than the recording.
      for said in select c.language, string_agg(c.text, ' ' order by c.position) as text
          from library.material_cue c where c.material_id = of_material and c.version = newest.version group by c.language
      loop
        words := words || setweight(library.words_of(said.language, left(said.text, most)), 'C');
      end loop;
      return words;
    exception when program_limit_exceeded then
      if most < 1000 then return described; end if;
      most := most / 2;
    end;
  end loop;
end $$;

-- Words of published materials can be meant by a mistyped one, too.
create function library.learn_material_words() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'published' then
    insert into library.word
    select distinct word from (
      select library.plain(concat_ws(' ', new.title, new.content ->> 'summary', new.content ->> 'authors', new.content ->> 'publisher', new.keywords)) as written
      union all
      select library.plain(v.text) from library.material_version v
        where v.material_id = new.id and v.version = (select max(version) from library.material_version where material_id = new.id)
      union all
      select library.plain(c.text) from library.material_cue c
        where c.material_id = new.id and c.version = (select max(version) from library.material_version where material_id = new.id)
    ) texts cross join lateral regexp_split_to_table(texts.written, '[^[:alnum:]]+') word
    where length(word) between 4 and 40
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger learn_material_words after insert or update of search, state on library.material
  for each row execute function library.learn_material_words();

grant select, insert on library.material, library.material_version, library.material_practice, library.material_captions,
  library.material_cue, library.material_download to trellis_app;
grant update (state, archived_because, edition, content, keywords, published_at, changed_at, search) on library.material to trellis_app;
grant update (reading, pages, text, picture_hash, picture_width, picture_height) on library.material_version to trellis_app;
grant update (count) on library.material_download to trellis_app;
grant delete on library.material_practice, library.material_captions, library.material_cue to trellis_app;

-- Drafts are the hub's own, with everything that belongs to them.
alter table library.material enable row level security;
alter table library.material force row level security;
create policy everybody_reads on library.material for select to public
  using (state <> 'draft' or (select directory.sees_every_organization()));
create policy librarians_add on library.material for insert to public with check ((select library.may_edit()));
create policy librarians_change on library.material for update to public using ((select library.may_edit()));

do $$
declare
  part text;
begin
  foreach part in array array['material_version', 'material_practice', 'material_captions', 'material_cue', 'material_download'] loop
    execute format('alter table library.%I enable row level security', part);
    execute format('alter table library.%I force row level security', part);
    execute format('create policy with_its_material on library.%I for select to public using (exists (select from library.material m where m.id = material_id))', part);
  end loop;
  foreach part in array array['material_version', 'material_practice', 'material_captions', 'material_cue'] loop
    execute format('create policy librarians_add on library.%I for insert to public with check ((select library.may_edit()))', part);
  end loop;
  foreach part in array array['material_practice', 'material_captions', 'material_cue'] loop
    execute format('create policy librarians_remove on library.%I for delete to public using ((select library.may_edit()))', part);
  end loop;
end $$;
create policy librarians_change on library.material_version for update to public using ((select library.may_edit()));

-- Nobody counts but the hub itself.
create policy the_hub_counts on library.material_download for insert to public
  with check ((select current_setting('trellis.actor', true)) = 'system');
create policy the_hub_counts_on on library.material_download for update to public
  using ((select current_setting('trellis.actor', true)) = 'system');
