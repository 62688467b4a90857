-- A draft can be merged into a practice of the library. What was never public has no day on which it was published, whatever its
-- state: nobody outside of the hub reads it, neither its words nor that it was there.

alter table library.practice drop constraint practice_check2;
alter table library.practice add constraint practice_published_check check (state in ('draft', 'merged') or published_at is not null);

alter policy everybody_reads on library.practice
  using ((state <> 'draft' and published_at is not null) or (select directory.sees_every_organization()));
