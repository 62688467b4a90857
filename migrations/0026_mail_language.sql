-- What language a mail is written in, for programs that read it out or translate it.
alter table platform.mail add column language text not null default 'en' check (language in ('en', 'es'));
