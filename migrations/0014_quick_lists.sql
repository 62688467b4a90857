-- Lists and figures of a large portfolio, quickly.

-- What was counted over enrollments holds until enrollments change. Every transaction that changes some leaves a mark of its
-- own here; as long as a reader sees the same marks, it sees the same enrollments. Marks come and go with their transaction,
-- which no counter does: one that is counted up before the commit would vouch for figures from before it.
create table pathways.record_change (
  id uuid primary key default gen_random_uuid(),
  changed_at timestamptz not null default now()
);
grant select on pathways.record_change to trellis_app;
-- For what is there already. While there is no mark nothing is kept: a restore, say, leaves none.
insert into pathways.record_change select from (select from pathways.enrollment limit 1) as any_enrollment;

create function pathways.mark_record_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- One mark is enough for a transaction, whatever number of statements it runs.
  if current_setting('trellis.record_change', true) is distinct from pg_current_xact_id()::text then
    insert into pathways.record_change default values;
    perform set_config('trellis.record_change', pg_current_xact_id()::text, true);
    -- Old marks are needed no more. Those that another import is removing stay its own: nobody waits for anybody here.
    delete from pathways.record_change where id in (
      select c.id from pathways.record_change c where c.changed_at < now() - interval '1 day' for update skip locked);
  end if;
  return null;
end $$;
create trigger mark_record_change after insert or update or delete on pathways.enrollment
  for each statement execute function pathways.mark_record_change();

-- The same names as before. Written like this it costs a sixth: as SQL with settings of its own it was planned anew for each row.
create or replace function pathways.shown_trainee(of_organization uuid, of_grantee text, key text, code text) returns text
language plpgsql stable parallel safe security definer set search_path = '' as $$
begin
  if directory.reads_identities() then return code; end if;
  return 'P-' || upper(left(encode(sha256((select h.pseudonym_secret from platform.hub h) || convert_to(of_organization::text || '/' || of_grantee || '/' || key, 'UTF8')), 'hex'), 8));
end $$;

-- The keys behind a pseudonym, for a list that looks for one: all keys are hashed here at once, which costs a tenth of asking
-- shown_trainee of each. An evaluator sees the records of every organization.
create function pathways.trainee_keys_behind(pseudonym text) returns setof text
language plpgsql stable parallel safe security definer set search_path = '' as $$
declare
  secret bytea;
  wanted bytea;
begin
  -- Who reads identities meets no pseudonyms.
  if directory.reads_identities() or not directory.sees_every_organization() or pseudonym !~ '^P-[0-9A-F]{8}$' then return; end if;
  select h.pseudonym_secret into secret from platform.hub h;
  wanted := decode(substr(pseudonym, 3), 'hex');
  return query select distinct e.trainee_key from pathways.enrollment e
    where substring(sha256(secret || convert_to(e.organization_id::text || '/' || e.grantee_code || '/' || e.trainee_key, 'UTF8')) for 4) = wanted;
end $$;
revoke execute on function pathways.trainee_keys_behind(text) from public;
grant execute on function pathways.trainee_keys_behind(text) to trellis_app;

-- What pseudonyms begin with, of every enrollment of a year or of all, for an evaluator's list in their order: hashed all at
-- once, as above.
create function pathways.trainees_hashed(of_year text) returns table (organization_id uuid, id bigint, hash bytea)
language plpgsql stable parallel safe security definer rows 200000 set search_path = '' as $$
declare
  secret bytea;
begin
  if directory.reads_identities() or not directory.sees_every_organization() then return; end if;
  select h.pseudonym_secret into secret from platform.hub h;
  return query select e.organization_id, e.id,
      substring(sha256(secret || convert_to(e.organization_id::text || '/' || e.grantee_code || '/' || e.trainee_key, 'UTF8')) for 4)
    from pathways.enrollment e where e.archived_at is null and (of_year is null or e.academic_year = of_year);
end $$;
revoke execute on function pathways.trainees_hashed(text) from public;
grant execute on function pathways.trainees_hashed(text) to trellis_app;
