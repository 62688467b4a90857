-- Publishing in the background: how the work on a year's release stands. The releases themselves stay as they are.

create table reports.publication (
  organization_id uuid not null references directory.organization,
  academic_year text not null check (academic_year ~ '^20\d\d-\d\d$'),
  -- publishing -> published | failed; asked for again, it begins anew.
  state text not null default 'publishing' check (state in ('publishing', 'published', 'failed')),
  -- How far the present step is: {"step": "…", "done": n, "total": n}.
  progress jsonb not null default '{}',
  -- What came of it: {"release": n, "exposed": n, "unchanged": true} or {"reason": "…"}.
  outcome jsonb not null default '{}',
  asked_by uuid,
  asked_at timestamptz not null default now(),
  -- The last sign of life.
  updated_at timestamptz not null default now(),
  primary key (organization_id, academic_year)
);
grant select, insert, update on reports.publication to trellis_app;
select directory.guard('reports.publication');

-- Everybody reads releases; what stands in one is for the hub alone to say.
create trigger only_the_hub before insert or update on reports.release for each row execute function directory.only_the_hub();
