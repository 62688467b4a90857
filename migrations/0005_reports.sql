-- The annual report: working copy, versions, narrative, what is published.

create schema reports;
grant usage on schema reports to trellis_app;

create table reports.report (
  organization_id uuid not null references directory.organization,
  academic_year text not null check (academic_year ~ '^20\d\d-\d\d$'),
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'accepted')),
  -- The version that is being worked on, or the accepted one.
  version int not null default 1,
  -- Why a version after the first was begun.
  correction_reason text,
  returned_because text,
  updated_at timestamptz not null default now(),
  primary key (organization_id, academic_year)
);

-- An accepted version never changes.
create table reports.snapshot (
  organization_id uuid not null,
  academic_year text not null,
  version int not null,
  content jsonb not null,
  changes jsonb not null default '[]',
  correction_reason text,
  accepted_by uuid,
  accepted_at timestamptz not null default now(),
  primary key (organization_id, academic_year, version),
  foreign key (organization_id, academic_year) references reports.report
);

create table reports.narrative (
  organization_id uuid not null,
  academic_year text not null,
  section text not null,
  body text not null default '',
  -- Counts saves, so that two editors never overwrite each other unseen.
  revision int not null default 1,
  edited_by uuid,
  edited_at timestamptz not null default now(),
  primary key (organization_id, academic_year, section),
  foreign key (organization_id, academic_year) references reports.report
);

-- EXP-2: other trainees who trained alongside, by site and profession; the roster does not know them.
create table reports.interprofessional (
  organization_id uuid not null references directory.organization,
  academic_year text not null,
  program_name text not null,
  site_name text not null,
  profession text not null,
  trainees int not null check (trainees between 0 and 100000),
  updated_by uuid,
  updated_at timestamptz not null default now(),
  primary key (organization_id, academic_year, program_name, site_name, profession)
);

-- What the public sees: counts that have passed the disclosure gate. Releases stay.
create table reports.release (
  academic_year text not null,
  number int not null,
  published_at timestamptz not null default now(),
  published_by uuid,
  -- Which snapshots it was made of: [{"organization": id, "version": n}].
  snapshots jsonb not null,
  tables jsonb not null,
  threshold int not null,
  primary key (academic_year, number)
);

-- What the gate must know of a release when it decides the next one: true values, for the hub alone.
create table reports.release_gate (
  organization_id uuid not null references directory.organization,
  academic_year text not null,
  number int not null,
  gate jsonb not null,
  primary key (organization_id, academic_year, number),
  foreign key (academic_year, number) references reports.release
);
grant select, insert on reports.release_gate to trellis_app;
select directory.guard('reports.release_gate');

grant select, insert, update on reports.report, reports.narrative to trellis_app;
grant select, insert on reports.snapshot, reports.release to trellis_app;
grant select, insert, update, delete on reports.interprofessional to trellis_app;

select directory.guard('reports.report');
select directory.guard('reports.snapshot');
select directory.guard('reports.narrative');
select directory.guard('reports.interprofessional');
