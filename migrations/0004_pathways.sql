-- Rosters: the files that came in, and the enrollments they became.

create schema pathways;
grant usage on schema pathways to trellis_app;

create table pathways.roster (
  organization_id uuid not null references directory.organization,
  id uuid not null default gen_random_uuid(),
  grantee_code text not null,
  file_name text not null,
  file_hash text not null,
  file_size bigint not null,
  -- reading -> asking | refused | ready -> committing -> committed -> undone; failed: the job gave up, nothing was stored.
  state text not null default 'reading'
    check (state in ('reading', 'asking', 'refused', 'ready', 'committing', 'committed', 'undone', 'discarded', 'failed')),
  -- How far the present step is: {"step": "…", "rows": n, "total": n or null}.
  progress jsonb not null default '{}',
  -- What the person said: {"upload": {…}, "answers": […]}.
  given jsonb not null default '{}',
  -- Layout, open questions, counts, totals and the difference, as the last reading found them.
  outcome jsonb not null default '{}',
  academic_years text[] not null default '{}',
  uploaded_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  committed_at timestamptz,
  undone_at timestamptz,
  primary key (organization_id, id)
);
create index on pathways.roster (organization_id, created_at desc);

create table pathways.roster_finding (
  organization_id uuid not null,
  roster_id uuid not null,
  position int not null,
  sheet text, row int, column_name text not null, code text not null, severity text not null, message text not null,
  -- What stood in the cell, where it may be shown (never for ID_SSN).
  read text,
  primary key (organization_id, roster_id, position),
  foreign key (organization_id, roster_id) references pathways.roster on delete cascade
);

-- What a commit would change or has changed: rows that are changed or missing (new ones need no list).
create table pathways.roster_change (
  organization_id uuid not null,
  roster_id uuid not null,
  position int not null,
  kind text not null check (kind in ('changed', 'missing')),
  enrollment_id bigint not null,
  academic_year text not null, trainee_code text not null, program_name text not null,
  sheet text, row int,
  -- {"column": [before, after]}
  columns jsonb not null default '{}',
  primary key (organization_id, roster_id, position),
  foreign key (organization_id, roster_id) references pathways.roster on delete cascade
);

-- What is remembered of an organization's files: which header means which column, which spelling which code.
create table pathways.remembered_mapping (
  organization_id uuid not null references directory.organization,
  kind text not null check (kind in ('column', 'value')),
  -- kind column: the header as compared; kind value: "column=spelling".
  spelling text not null,
  meaning text,
  remembered_at timestamptz not null default now(),
  primary key (organization_id, kind, spelling)
);

create sequence pathways.enrollment_id;

-- One row per trainee x training program x academic year (roster format v1).
create table pathways.enrollment (
  organization_id uuid not null,
  id bigint not null default nextval('pathways.enrollment_id'),
  grantee_code text not null,
  academic_year text not null,
  trainee_key text not null,
  program_key text not null,
  trainee_code text not null,
  program_name text not null,
  program_type text not null,
  cohort text,
  level text not null,
  profession text not null,
  apprenticeship_approach text,
  enrollment_status text not null,
  fte_pct numeric,
  started_on date not null,
  expected_end_on date,
  sex text not null,
  age smallint,
  race_ethnicity text[] not null,
  veteran_status text not null,
  disadvantaged_background text not null,
  rural_background text not null,
  funded text not null,
  award_stipend_usd numeric(11, 2), award_tuition_usd numeric(11, 2), award_scholarship_usd numeric(11, 2),
  award_fellowship_usd numeric(11, 2), award_traineeship_usd numeric(11, 2), award_loan_usd numeric(11, 2),
  award_loan_repayment_usd numeric(11, 2), award_insurance_usd numeric(11, 2), award_travel_usd numeric(11, 2),
  award_total_usd numeric(11, 2),
  hours_total numeric(9, 2), hours_didactic numeric(9, 2), hours_ojl numeric(9, 2), hours_ojl_to_date numeric(9, 2),
  hours_muc numeric(9, 2), hours_rural numeric(9, 2), hours_primary_care numeric(9, 2),
  site_name text,
  site_county_fips char(5),
  outcome text not null,
  completed_on date,
  credential text,
  left_on date,
  left_reason text not null,
  post_completion_intent text[] not null,
  employment_at_completion text not null,
  employment_1y text not null,
  notes text,
  -- Equal fingerprints mean equal values in every column above.
  fingerprint uuid not null,
  list_version smallint not null,
  roster_id uuid not null,
  source_sheet text,
  source_row int not null,
  archived_at timestamptz,
  archived_by_roster uuid,
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index enrollment_key on pathways.enrollment (organization_id, grantee_code, academic_year, program_key, trainee_key);
create index enrollment_roster on pathways.enrollment (organization_id, roster_id);
create index enrollment_year on pathways.enrollment (academic_year, organization_id) where archived_at is null;

-- The values a roster replaced, so that it can be undone.
create table pathways.enrollment_before (
  organization_id uuid not null,
  roster_id uuid not null,
  enrollment_id bigint not null,
  before jsonb not null,
  primary key (organization_id, roster_id, enrollment_id)
);

create index on pathways.enrollment_before (organization_id, (before ->> 'roster_id'));

-- Years whose report is accepted: their enrollments no longer change.
create table pathways.locked_year (
  organization_id uuid not null references directory.organization,
  academic_year text not null,
  reason text not null,
  locked_at timestamptz not null default now(),
  primary key (organization_id, academic_year)
);

grant select, insert, update on pathways.roster to trellis_app;
grant select, insert, delete on pathways.roster_finding, pathways.roster_change to trellis_app;
grant select, insert, update, delete on pathways.remembered_mapping, pathways.locked_year, pathways.enrollment, pathways.enrollment_before to trellis_app;
grant usage on sequence pathways.enrollment_id to trellis_app;

select directory.guard('pathways.roster');
select directory.guard('pathways.roster_finding');
select directory.guard('pathways.roster_change');
select directory.guard('pathways.remembered_mapping');
select directory.guard('pathways.enrollment');
select directory.guard('pathways.enrollment_before');
select directory.guard('pathways.locked_year');

-- The name under which the present actor sees a trainee: the grantee's code, or a pseudonym that stays the same.
create function pathways.shown_trainee(of_organization uuid, of_grantee text, key text, code text) returns text
language sql stable security definer set search_path = '' as $$
  select case when directory.reads_identities() then code else
    'P-' || upper(left(encode(sha256((select h.pseudonym_secret from platform.hub h) || convert_to(of_organization::text || '/' || of_grantee || '/' || key, 'UTF8')), 'hex'), 8)) end
$$;
