-- Row security by hand, on a database with the demonstration, as the application's role:
--   psql -U tracker_app -f docs/operators/row_security_demo.sql tracker
-- Every line that should be refused is; nothing is changed.

\pset footer off
\echo '== Nobody acts: no individual, no organisation, no user'
SELECT (SELECT count(*) FROM cases_individual) AS individuals,
       (SELECT count(*) FROM cases_organisation) AS organisations,
       (SELECT count(*) FROM cases_user) AS users;

BEGIN;
SELECT set_config('tracker.actor', 'system', true) AS acting \gset
SELECT id AS a FROM cases_organisation WHERE key = 'a' \gset
SELECT id AS b FROM cases_organisation WHERE key = 'b' \gset
\echo '== The system acts: all individuals, by organisation'
SELECT organisation.key, count(*) FROM cases_individual AS individual
JOIN cases_organisation AS organisation ON organisation.id = individual.organisation_id
GROUP BY organisation.key ORDER BY organisation.key;

\echo '== A caseworker of B acts: theirs, and none of A'
SELECT set_config('tracker.actor', 'caseworker', true) AS acting,
       set_config('tracker.organisation', :'b', true) AS organisation \gset
SELECT count(*) FILTER (WHERE organisation_id = :'b') AS of_b,
       count(*) FILTER (WHERE organisation_id = :'a') AS of_a FROM cases_individual;

\echo '== They change none of A: UPDATE 0'
UPDATE cases_individual SET priority = priority WHERE organisation_id = :'a';
ROLLBACK;

\echo '== After the transaction nobody acts again'
SELECT count(*) AS individuals FROM cases_individual;

\echo '== What the application may not do at all: six refusals'
DROP POLICY tracker_read ON cases_individual;
ALTER TABLE cases_individual DISABLE ROW LEVEL SECURITY;
SET ROLE postgres;
UPDATE cases_auditentry SET reason = '';
DELETE FROM cases_auditentry;
TRUNCATE cases_individual;
