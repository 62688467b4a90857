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
select academic_year as year, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year), ());

-- by program_type
select academic_year as year, program_type as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, program_type), (program_type));

-- by level
select academic_year as year, level as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, level), (level));

-- by profession
select academic_year as year, profession as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, profession), (profession));

-- by enrollment_status
select academic_year as year, enrollment_status as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, enrollment_status), (enrollment_status));

-- by outcome
select academic_year as year, outcome as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, outcome), (outcome));

-- by sex
select academic_year as year, sex as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, sex), (sex));

-- by veteran_status
select academic_year as year, veteran_status as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, veteran_status), (veteran_status));

-- by disadvantaged_background
select academic_year as year, disadvantaged_background as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, disadvantaged_background), (disadvantaged_background));

-- by rural_background
select academic_year as year, rural_background as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, rural_background), (rural_background));

-- by funded
select academic_year as year, funded as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, funded), (funded));

-- by left_reason
select academic_year as year, left_reason as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, left_reason), (left_reason));

-- by employment_at_completion
select academic_year as year, employment_at_completion as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, employment_at_completion), (employment_at_completion));

-- by employment_1y
select academic_year as year, employment_1y as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, employment_1y), (employment_1y));

-- by age_band
select academic_year as year, age_band as code, count(*) as rows, count(distinct trainee) as trainees from working group by grouping sets ((academic_year, age_band), (age_band));

-- race any
select academic_year as year, code, count(*) as rows, count(distinct trainee) as trainees from working, unnest(race_ethnicity) as code group by grouping sets ((academic_year, code), (code));

-- race alone
select academic_year as year, race_ethnicity[1] as code, count(*) as rows, count(distinct trainee) as trainees from working where cardinality(race_ethnicity) = 1
group by grouping sets ((academic_year, race_ethnicity[1]), (race_ethnicity[1]));

-- race in combination
select academic_year as year, code, count(*) as rows, count(distinct trainee) as trainees from working, unnest(race_ethnicity) as code where cardinality(race_ethnicity) > 1
group by grouping sets ((academic_year, code), (code));

-- race several
select academic_year as year, count(*) as rows, count(distinct trainee) as trainees from working where cardinality(race_ethnicity) > 1 group by grouping sets ((academic_year), ());

-- race 1997
select academic_year as year, code, count(distinct trainee) as any_trainees, count(distinct trainee) filter (where cardinality(races) = 1) as alone_trainees
from working join (
    select race_ethnicity, array(select distinct case code when 'middle_eastern_or_north_african' then 'white' else code end from unnest(race_ethnicity) as code where code not in ('hispanic_or_latino', 'not_reported')) as races
    from (select distinct race_ethnicity from working) given) derived using (race_ethnicity), unnest(races) as code
group by grouping sets ((academic_year, code), (code));

-- sums
select academic_year as year, sum(award_total_usd) as award_total, sum(award_stipend_usd) as award_stipend, sum(award_tuition_usd) as award_tuition, sum(award_scholarship_usd) as award_scholarship,
  sum(award_fellowship_usd) as award_fellowship, sum(award_traineeship_usd) as award_traineeship, sum(award_loan_usd) as award_loan, sum(award_loan_repayment_usd) as award_loan_repayment,
  sum(award_insurance_usd) as award_insurance, sum(award_travel_usd) as award_travel, sum(hours_total) as hours_total, sum(hours_didactic) as hours_didactic, sum(hours_ojl) as hours_ojl,
  sum(hours_muc) as hours_muc, sum(hours_rural) as hours_rural, sum(hours_primary_care) as hours_primary_care
from working group by grouping sets ((academic_year), ());

-- paid
select academic_year as year, count(distinct trainee) filter (where award_total_usd > 0) as total,
  count(distinct trainee) filter (where award_stipend_usd > 0) as stipend,
  count(distinct trainee) filter (where award_tuition_usd > 0) as tuition,
  count(distinct trainee) filter (where award_scholarship_usd > 0) as scholarship,
  count(distinct trainee) filter (where award_fellowship_usd > 0) as fellowship,
  count(distinct trainee) filter (where award_traineeship_usd > 0) as traineeship,
  count(distinct trainee) filter (where award_loan_usd > 0) as loan,
  count(distinct trainee) filter (where award_loan_repayment_usd > 0) as loan_repayment,
  count(distinct trainee) filter (where award_insurance_usd > 0) as insurance,
  count(distinct trainee) filter (where award_travel_usd > 0) as travel
from working group by grouping sets ((academic_year), ());

-- employment
select academic_year as year, count(*) as completed, count(*) filter (where employment_at_completion <> 'not_reported') as known, count(*) filter (where employment_at_completion like 'employed%') as employed,
  count(*) filter (where employment_1y <> 'not_reported') as known_1y, count(*) filter (where employment_1y like 'employed%') as employed_1y
from working where outcome = 'completed' group by grouping sets ((academic_year), ());

-- outcomes by program type
select academic_year as year, program_type, outcome, count(*) as rows from working group by grouping sets ((academic_year, program_type, outcome), (program_type, outcome));

-- reasons for leaving
select academic_year as year, left_reason as code, count(*) as rows from working where outcome = 'left' group by grouping sets ((academic_year, left_reason), (left_reason));

-- counties
select site_county_fips as code, count(*) as rows, count(distinct trainee) as trainees from working group by site_county_fips;

-- sites
select organization_id, site_key, site_county_fips, count(*) as rows, count(distinct trainee) as trainees from working where site_key is not null group by organization_id, site_key, site_county_fips;

-- exp2
select academic_year as year, organization_id, program_key, site_key, profession, count(distinct trainee) as trainees from working group by academic_year, organization_id, program_key, site_key, profession;

-- credentials
select credential, count(*) as rows, count(distinct trainee) as trainees from working where credential is not null group by credential;
