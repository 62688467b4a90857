-- Evaluators read records under pseudonyms and change nothing: the second wall behind the code's policies.

create function directory.refuse_evaluators(guarded regclass) returns void language plpgsql as $$
begin
  -- Whoever reads identities is no evaluator.
  execute format('create policy no_insert_by_evaluators on %s as restrictive for insert to public with check ((select directory.reads_identities()))', guarded);
  execute format('create policy no_update_by_evaluators on %s as restrictive for update to public using ((select directory.reads_identities()))', guarded);
  execute format('create policy no_delete_by_evaluators on %s as restrictive for delete to public using ((select directory.reads_identities()))', guarded);
end $$;

-- Every guarded table but the audit, which notes what evaluators take out of the hub.
do $$
declare
  guarded regclass;
begin
  for guarded in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relrowsecurity and c.relkind = 'r' and n.nspname in ('directory', 'pathways', 'reports')
  loop
    perform directory.refuse_evaluators(guarded);
  end loop;
end $$;

-- Tables that are guarded from now on.
create or replace function directory.guard(guarded regclass, owner_column text default 'organization_id', is_forced boolean default true) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  if is_forced then execute format('alter table %s force row level security', guarded); end if;
  execute format(
    'create policy by_organization on %s to public using ((select directory.sees_every_organization()) or %I = (select directory.actor_organization()))',
    guarded, owner_column);
  perform directory.refuse_evaluators(guarded);
end $$;
