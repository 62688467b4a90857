-- Fills an empty hub with organizations and enrollments that look like a large portfolio's: five reporting years, 38
-- organizations, a fifth of the trainees with two or three enrollments. {{rows}} is replaced by the number of enrollments.
-- Deterministic: every value is drawn from a hash of the enrollment's or the trainee's number.

create function pg_temp.draw(number bigint, salt bigint) returns double precision language sql immutable as
  'select (hashint8extended(number, salt) & 1048575) / 1048576.0';
-- An id of a name, in the form of RFC 9562 (version 8): addresses with any other are refused.
create function pg_temp.id_of(name text) returns uuid language sql immutable as
  $$select overlay(overlay(md5(name) placing '8' from 13 for 1) placing '8' from 17 for 1)::uuid$$;

insert into directory.organization (id, name, organization_type, state)
select pg_temp.id_of('organization ' || o), 'Benchmark organization ' || o, 'other', null from generate_series(1, 38) o;
insert into directory.grantee_code (organization_id, code) select pg_temp.id_of('organization ' || o), 'B' || o from generate_series(1, 38) o;

create temporary table bench_site as
select o as of_organization, s as site_number, 'Site ' || s || ' of organization ' || o as name, county.fips as county
from generate_series(1, 38) o cross join generate_series(0, 39) s
  join (select fips, row_number() over (order by fips) as place from directory.county where not superseded) county on county.place = 1 + (o * 83 + s % 15 * 7) % 3000;

insert into pathways.enrollment (organization_id, grantee_code, academic_year, trainee_key, program_key, trainee_code, program_name, program_type, cohort, level,
  profession, apprenticeship_approach, enrollment_status, fte_pct, started_on, sex, age, race_ethnicity, veteran_status, disadvantaged_background, rural_background,
  funded, award_stipend_usd, award_tuition_usd, award_travel_usd, award_total_usd, hours_total, hours_didactic, hours_ojl, hours_muc, hours_rural, hours_primary_care,
  site_name, site_county_fips, outcome, completed_on, credential, left_on, left_reason, post_completion_intent, employment_at_completion, employment_1y,
  fingerprint, list_version, roster_id, source_row)
select pg_temp.id_of('organization ' || organization), 'B' || organization, year || '-' || right((year + 1)::text, 2), 'T-' || trainee, 'program ' || program, 'T-' || trainee, 'Program ' || program,
  program_type, 'Cohort ' || year, case when program_type = 'registered_apprenticeship' then 'level_2' when program_type in ('certificate', 'pre_apprenticeship') then 'level_1' else 'not_applicable' end,
  (array['peer_support_specialist', 'community_health_worker', 'social_worker', 'counselor', 'behavioral_health_technician', 'substance_use_counselor', 'recovery_coach', 'psychologist',
    'school_social_worker', 'social_services_aide', 'marriage_family_therapist', 'psychiatric_nurse_practitioner', 'case_manager', 'mental_health_worker', 'psychiatrist', 'youth_worker'])
    [1 + (program * 4 + floor(pg_temp.draw(row, 3) * 4)::int) % 16],
  case when program_type = 'registered_apprenticeship' then 'time' end,
  case when pg_temp.draw(row, 4) < 0.62 then 'full_time' when pg_temp.draw(row, 4) < 0.95 then 'part_time' else 'on_leave' end,
  100, make_date(year, 8, 15),
  case when pg_temp.draw(trainee, 5) < 0.7 then 'female' when pg_temp.draw(trainee, 5) < 0.96 then 'male' else 'not_reported' end,
  case when pg_temp.draw(trainee, 6) < 0.96 then 18 + floor(pg_temp.draw(trainee, 7) * 46)::smallint + year - 2020 end,
  case when r < 0.06 then '{not_reported}' when r < 0.42 then '{white}' when r < 0.62 then '{black_or_african_american}' when r < 0.80 then '{hispanic_or_latino}'
    when r < 0.86 then '{asian}' when r < 0.90 then '{american_indian_or_alaska_native}' when r < 0.92 then '{middle_eastern_or_north_african}'
    when r < 0.94 then '{native_hawaiian_or_pacific_islander}' when r < 0.97 then '{hispanic_or_latino,white}' else '{black_or_african_american,white}' end::text[],
  case when pg_temp.draw(trainee, 9) < 0.8 then 'not_veteran' when pg_temp.draw(trainee, 9) < 0.91 then 'not_reported' when pg_temp.draw(trainee, 9) < 0.96 then 'veteran_prior_service' else 'reservist' end,
  case when pg_temp.draw(trainee, 10) < 0.47 then 'yes' when pg_temp.draw(trainee, 10) < 0.9 then 'no' else 'not_reported' end,
  case when pg_temp.draw(trainee, 11) < 0.35 then 'yes' when pg_temp.draw(trainee, 11) < 0.92 then 'no' else 'not_reported' end,
  case when funded then 'yes' else 'no' end,
  case when funded then stipend end, case when funded and row % 3 = 0 then 1250.50 end, case when funded and row % 9 = 0 then 210.25 end,
  case when funded then stipend + case when row % 3 = 0 then 1250.50 else 0 end + case when row % 9 = 0 then 210.25 else 0 end end,
  didactic + ojl, didactic, ojl, floor(ojl / 3), floor(ojl / 4), floor(ojl / 9),
  s.name, s.county, outcome, case when outcome = 'completed' then make_date(year + 1, 5, 30) end,
  case when outcome = 'completed' and pg_temp.draw(row, 16) < 0.8 then 'Credential ' || program || ' of organization ' || organization end,
  case when outcome = 'left' then make_date(year + 1, 2, 1) end,
  case when outcome = 'left' then (array['employment', 'academic', 'financial', 'health', 'family', 'relocation', 'not_reported'])[1 + floor(pg_temp.draw(row, 17) * 7)::int] else 'not_reported' end,
  '{muc}',
  case when outcome = 'completed' then (array['employed_field_ft', 'employed_field_ft', 'employed_field_pt', 'employed_other', 'further_training', 'not_employed', 'not_reported'])[1 + floor(pg_temp.draw(row, 18) * 7)::int] else 'not_reported' end,
  case when outcome = 'completed' then (array['employed_field_ft', 'employed_field_ft', 'employed_field_pt', 'employed_other', 'further_training', 'not_employed', 'not_reported'])[1 + floor(pg_temp.draw(row, 19) * 7)::int] else 'not_reported' end,
  md5(row::text)::uuid, 1, pg_temp.id_of('roster ' || organization), 1 + row % 50000
from (
  select row, trainee, organization, year, program, pg_temp.draw(trainee, 8) as r, pg_temp.draw(row, 12) < 0.74 as funded,
    (array['certificate', 'registered_apprenticeship', 'practicum', 'internship', 'fellowship', 'degree', 'pre_apprenticeship'])[1 + (organization + program) % 7] as program_type,
    case when pg_temp.draw(row, 13) < 0.43 then 'completed' when pg_temp.draw(row, 13) < 0.88 then 'continuing' else 'left' end as outcome,
    (round(pg_temp.draw(row, 14)::numeric * 9000, 2) + 500) as stipend, round(pg_temp.draw(row, 15)::numeric * 400) as didactic, round(pg_temp.draw(row, 15)::numeric * 1800, 2) as ojl,
    floor(pg_temp.draw(row, 20) * 10)::int * 4 + program as site
  from (
    -- Of each hundred enrollments, sixty-one belong to trainees with one, thirty to those with two, nine to those with three.
    select row, trainee, 1 + (trainee % 38)::int as organization, 2020 + ((trainee + row / 2) % 5)::int as year, ((hashint8extended(trainee, 2) + row) & 3)::int as program
    from (
      select row, row / 100 * 100 + case when row % 100 < 61 then row % 100 when row % 100 < 91 then 61 + (row % 100 - 61) / 2 else 80 + (row % 100 - 91) / 3 end as trainee
      from generate_series(0, {{rows}} - 1) row
    ) numbered
  ) placed
) drawn
-- A twentieth names no site.
left join bench_site s on s.of_organization = drawn.organization and s.site_number = drawn.site and pg_temp.draw(row, 21) < 0.95;
