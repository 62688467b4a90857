-- $1 practices, drawn from hashes of their numbers, so that the same number gives the same ones.
with n as (select g, abs(hashtextextended(g::text, 1)) as a, abs(hashtextextended(g::text, 2)) as b from generate_series(1, $1::int) g),
  words as (select array['community','rural','peer','school','clinic','county','tribal','hospital','family','youth','nursing','counseling','recovery','crisis','harvest','bridge','river','summit','valley','prairie','lantern','compass','anchor','meadow','harbor','orchard','beacon','canyon','willow','cedar'] as w),
  kinds as (select array['program','pathway','fellowship','residency','academy','scholarship','mentorship','partnership','collaborative','network'] as k),
  states as (select array_agg(code order by code) as s from directory.state),
  codes as materialized (select list_id, array_agg(code order by position) as c from platform.code where list_id in ('practice_category', 'career_stage', 'practice_occupation', 'practice_setting', 'practice_population', 'practice_mechanism') group by list_id),
  made as materialized (
    select g, initcap(w[1 + a % 30] || ' ' || w[1 + b % 30] || ' ' || k[1 + (a / 30) % 10]) || ' ' || g as title,
      (select string_agg(w[1 + abs(hashtextextended(g || '/' || i, 3)) % 30] || ' ' || k[1 + abs(hashtextextended(g || '/' || i, 4)) % 10], ' ') from generate_series(1, 25) i) as text,
      s[1 + a % cardinality(s)] as state,
      (select jsonb_object_agg(list_id, jsonb_build_array(c[1 + abs(hashtextextended(g || list_id, 5)) % cardinality(c)], c[1 + abs(hashtextextended(g || list_id, 6)) % cardinality(c)])) from codes) as filed
    from n, words, kinds, states)
insert into library.practice (id, slug, state, version, content, keywords, created_at, published_at, changed_at)
select gen_random_uuid(), 'synthetic-' || g, 'published', 1,
  jsonb_build_object('title', title, 'summary', left(text, 160), 'description', text, 'language', 'en', 'states', jsonb_build_array(state), 'sponsor', '',
    'categories', filed -> 'practice_category', 'stages', filed -> 'career_stage', 'occupations', filed -> 'practice_occupation', 'settings', filed -> 'practice_setting',
    'populations', filed -> 'practice_population', 'mechanisms', filed -> 'practice_mechanism', 'funding', '{"note": "", "amounts": []}'::jsonb, 'obligation', null,
    'startYear', null, 'status', 'operating', 'costToRun', '', 'staffing', '', 'adaptation', '', 'contacts', '[]'::jsonb, 'links', '[]'::jsonb, 'sources', '[]'::jsonb,
    'lastVerifiedOn', null, 'reviewBy', null, 'license', 'CC0-1.0'),
  state, now(), now() - g * interval '1 minute', now() - g * interval '1 minute'
from made
