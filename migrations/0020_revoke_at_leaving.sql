-- Ends the API tokens of somebody who is deactivated. Letting them in again does not bring the tokens back: whoever may
-- have got hold of one meanwhile would come back with them.
create function directory.revoke_tokens_of_person(of_person uuid, at timestamptz)
returns table (token uuid, organization uuid)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  before text := directory.act_as_the_hub();
begin
  if not exists (
    select from directory.membership mine
    where mine.id = nullif(current_setting('trellis.membership', true), '')::uuid
      and mine.person_id = nullif(current_setting('trellis.person', true), '')::uuid
      and mine.ended_on is null and mine.role = 'administrator')
  then
    raise insufficient_privilege using message = 'the tokens of somebody who leaves are ended by an administrator';
  end if;
  return query update directory.api_token t set revoked_at = at
    from directory.membership m
    where m.organization_id = t.organization_id and m.id = t.membership_id and m.person_id = of_person and t.revoked_at is null
    returning t.id, t.organization_id;
  perform set_config('trellis.actor', before, true);
end $$;
revoke execute on function directory.revoke_tokens_of_person(uuid, timestamptz) from public;
grant execute on function directory.revoke_tokens_of_person(uuid, timestamptz) to trellis_app;
