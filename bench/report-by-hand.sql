-- The report's aggregates as an analyst writes them: the enrollments once into a working table with numbered trainees,
-- then one query for each table of the report. Years and all years together come from the same grouping sets.
-- Every query is named by the comment above it; the benchmark runs them in order and compares what they say.

-- prepare
create temporary table working as
select dense_rank() over (order by organization_id, grantee_code, trainee_key)::int as trainee, academic_year, organization_id, program_key, program_type, level, profession,
  enrollment_status, outcome, sex, veteran_status, disadvantaged_background, rural_background, funded, left_reason, employment_at_completion, employment_1y, race_ethnicity,
  case when age is null then 'not_reported' when age < 20 then '<20' when age < 30 then '20-29' when age < 40 then '30-39' when age < 50 then '40-49' when age < 60 then '50-59' else '60+' end as age_band,
  award_total_usd, award_stipend_usd, award_tuition_usd, award_scholarship_usd, award_fellowship_usd, award_traineeship_usd, award_loan_usd, award_loan_repayment_usd, award_insurance_usd, award_travel_usd,
  hours_total, hours_didactic, hours_ojl, hours_muc, hours_rural, hours_primary_care, lower(site_name) as site_key, site_county_fips, credential
from pathways.enrollment where archived_at is null;

-- all
select academic_year as year, sum(n)::bigint as rows, count(*) as trainees from (select academic_year, trainee, count(*) as n from working group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- by program_type
select academic_year as year, program_type as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, program_type, trainee, count(*) as n from working group by grouping sets ((academic_year, program_type, trainee), (program_type, trainee))) t group by academic_year, program_type;

-- by level
select academic_year as year, level as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, level, trainee, count(*) as n from working group by grouping sets ((academic_year, level, trainee), (level, trainee))) t group by academic_year, level;

-- by profession
select academic_year as year, profession as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, profession, trainee, count(*) as n from working group by grouping sets ((academic_year, profession, trainee), (profession, trainee))) t group by academic_year, profession;

-- by enrollment_status
select academic_year as year, enrollment_status as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, enrollment_status, trainee, count(*) as n from working group by grouping sets ((academic_year, enrollment_status, trainee), (enrollment_status, trainee))) t group by academic_year, enrollment_status;

-- by outcome
select academic_year as year, outcome as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, outcome, trainee, count(*) as n from working group by grouping sets ((academic_year, outcome, trainee), (outcome, trainee))) t group by academic_year, outcome;

-- by sex
select academic_year as year, sex as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, sex, trainee, count(*) as n from working group by grouping sets ((academic_year, sex, trainee), (sex, trainee))) t group by academic_year, sex;

-- by veteran_status
select academic_year as year, veteran_status as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, veteran_status, trainee, count(*) as n from working group by grouping sets ((academic_year, veteran_status, trainee), (veteran_status, trainee))) t group by academic_year, veteran_status;

-- by disadvantaged_background
select academic_year as year, disadvantaged_background as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, disadvantaged_background, trainee, count(*) as n from working group by grouping sets ((academic_year, disadvantaged_background, trainee), (disadvantaged_background, trainee))) t group by academic_year, disadvantaged_background;

-- by rural_background
select academic_year as year, rural_background as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, rural_background, trainee, count(*) as n from working group by grouping sets ((academic_year, rural_background, trainee), (rural_background, trainee))) t group by academic_year, rural_background;

-- by funded
select academic_year as year, funded as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, funded, trainee, count(*) as n from working group by grouping sets ((academic_year, funded, trainee), (funded, trainee))) t group by academic_year, funded;

-- by left_reason
select academic_year as year, left_reason as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, left_reason, trainee, count(*) as n from working group by grouping sets ((academic_year, left_reason, trainee), (left_reason, trainee))) t group by academic_year, left_reason;

-- by employment_at_completion
select academic_year as year, employment_at_completion as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, employment_at_completion, trainee, count(*) as n from working group by grouping sets ((academic_year, employment_at_completion, trainee), (employment_at_completion, trainee))) t group by academic_year, employment_at_completion;

-- by employment_1y
select academic_year as year, employment_1y as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, employment_1y, trainee, count(*) as n from working group by grouping sets ((academic_year, employment_1y, trainee), (employment_1y, trainee))) t group by academic_year, employment_1y;

-- by age_band
select academic_year as year, age_band as code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, age_band, trainee, count(*) as n from working group by grouping sets ((academic_year, age_band, trainee), (age_band, trainee))) t group by academic_year, age_band;

-- race any
select academic_year as year, code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, code, trainee, count(*) as n from working, unnest(race_ethnicity) as code group by grouping sets ((academic_year, code, trainee), (code, trainee))) t group by academic_year, code;

-- race alone
select academic_year as year, code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, race_ethnicity[1] as code, trainee, count(*) as n from working where cardinality(race_ethnicity) = 1 group by grouping sets ((academic_year, race_ethnicity[1], trainee), (race_ethnicity[1], trainee))) t
group by academic_year, code;

-- race in combination
select academic_year as year, code, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, code, trainee, count(*) as n from working, unnest(race_ethnicity) as code where cardinality(race_ethnicity) > 1 group by grouping sets ((academic_year, code, trainee), (code, trainee))) t
group by academic_year, code;

-- race several
select academic_year as year, sum(n)::bigint as rows, count(*) as trainees
from (select academic_year, trainee, count(*) as n from working where cardinality(race_ethnicity) > 1 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- race 1997 any
select academic_year as year, code, count(*) as trainees
from (select academic_year, case code when 'middle_eastern_or_north_african' then 'white' else code end as code, trainee from working, unnest(race_ethnicity) as code
  where code not in ('hispanic_or_latino', 'not_reported') group by grouping sets ((academic_year, case code when 'middle_eastern_or_north_african' then 'white' else code end, trainee), (case code when 'middle_eastern_or_north_african' then 'white' else code end, trainee))) t
group by academic_year, code;

-- race 1997 alone
select academic_year as year, race[1] as code, count(*) as trainees
from (select academic_year, race, trainee from (
    select academic_year, trainee, array(select distinct case code when 'middle_eastern_or_north_african' then 'white' else code end from unnest(race_ethnicity) as code where code not in ('hispanic_or_latino', 'not_reported')) as race
    from working) w where cardinality(race) = 1 group by grouping sets ((academic_year, race, trainee), (race, trainee))) t
group by academic_year, race;

-- sums
select academic_year as year, sum(award_total_usd) as award_total, sum(award_stipend_usd) as award_stipend, sum(award_tuition_usd) as award_tuition, sum(award_scholarship_usd) as award_scholarship,
  sum(award_fellowship_usd) as award_fellowship, sum(award_traineeship_usd) as award_traineeship, sum(award_loan_usd) as award_loan, sum(award_loan_repayment_usd) as award_loan_repayment,
  sum(award_insurance_usd) as award_insurance, sum(award_travel_usd) as award_travel, sum(hours_total) as hours_total, sum(hours_didactic) as hours_didactic, sum(hours_ojl) as hours_ojl,
  sum(hours_muc) as hours_muc, sum(hours_rural) as hours_rural, sum(hours_primary_care) as hours_primary_care
from working group by grouping sets ((academic_year), ());

-- paid total
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_total_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid stipend
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_stipend_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid tuition
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_tuition_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid scholarship
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_scholarship_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid fellowship
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_fellowship_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid traineeship
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_traineeship_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid loan
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_loan_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid loan_repayment
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_loan_repayment_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid insurance
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_insurance_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- paid travel
select academic_year as year, count(*) as trainees from (select academic_year, trainee from working where award_travel_usd > 0 group by grouping sets ((academic_year, trainee), (trainee))) t group by academic_year;

-- employment
select academic_year as year, count(*) as completed, count(*) filter (where employment_at_completion <> 'not_reported') as known, count(*) filter (where employment_at_completion like 'employed%') as employed,
  count(*) filter (where employment_1y <> 'not_reported') as known_1y, count(*) filter (where employment_1y like 'employed%') as employed_1y
from working where outcome = 'completed' group by grouping sets ((academic_year), ());

-- outcomes by program type
select academic_year as year, program_type, outcome, count(*) as rows from working group by grouping sets ((academic_year, program_type, outcome), (program_type, outcome));

-- reasons for leaving
select academic_year as year, left_reason as code, count(*) as rows from working where outcome = 'left' group by grouping sets ((academic_year, left_reason), (left_reason));

-- counties
select site_county_fips as code, sum(n)::bigint as rows, count(*) as trainees from (select site_county_fips, trainee, count(*) as n from working group by site_county_fips, trainee) t group by site_county_fips;

-- sites
select organization_id, site_key, site_county_fips, sum(n)::bigint as rows, count(*) as trainees
from (select organization_id, site_key, site_county_fips, trainee, count(*) as n from working where site_key is not null group by organization_id, site_key, site_county_fips, trainee) t
group by organization_id, site_key, site_county_fips;

-- exp2
select academic_year as year, organization_id, program_key, site_key, profession, count(*) as trainees
from (select distinct academic_year, organization_id, program_key, site_key, profession, trainee from working) t group by academic_year, organization_id, program_key, site_key, profession;

-- credentials
select credential, sum(n)::bigint as rows, count(*) as trainees from (select credential, trainee, count(*) as n from working where credential is not null group by credential, trainee) t group by credential;
