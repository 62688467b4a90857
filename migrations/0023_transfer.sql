-- Libraries move between hubs. Who rated in another hub is nobody here: such a round, always a closed one, names no reviewers.

alter table library.rating_round alter column reviewer_1 drop not null, alter column reviewer_2 drop not null;
alter table library.rating_round drop constraint rating_round_check;
alter table library.rating_round add constraint rating_round_reviewers_check check (
  (state = 'closed' and num_nonnulls(reviewer_1, reviewer_2, reviewer_3) = 0)
  or (num_nulls(reviewer_1, reviewer_2) = 0 and reviewer_1 <> reviewer_2
    and reviewer_3 is distinct from reviewer_1 and reviewer_3 is distinct from reviewer_2));
alter table library.rating alter column reviewer drop not null;

-- Only the hub itself brings them in, into a round that is closed and has no reviewers.
create policy the_hub_brings_in on library.rating for insert to public with check (
  reviewer is null and (select current_setting('trellis.actor', true)) = 'system'
  and exists (select from library.rating_round r where r.id = round_id and r.state = 'closed' and r.reviewer_1 is null));
