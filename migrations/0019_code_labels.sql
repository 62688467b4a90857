-- What a code is called in other languages than English: {"es": "Certificado"}.

alter table platform.code add column labels jsonb not null default '{}';
