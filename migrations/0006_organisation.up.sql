-- What every organisation begins with: its own row, the roles of the office, and the columns that stand for whoever it
-- is in the case.

WITH begun AS (
  INSERT INTO event (at, actor, act, summary) VALUES (now(), 'migration', 'begin', 'began the organisation') RETURNING id
) SELECT set_config('hatrack.event', id::text, true) FROM begun;

INSERT INTO organisation (id, name, time_zone) VALUES (1, 'Our organisation', 'UTC')
ON CONFLICT (id) DO NOTHING; -- taken back and applied again: the rows stayed

INSERT INTO role (kind, name, purpose, responsibilities, authorities, wanted_min, wanted_max)
SELECT * FROM (VALUES
  ('owner', 'SMS owner', 'Answers for the whole service management system; approves what governs it.',
   E'Appoints the SMO lead.\nSees that practices have the people and the means they need.\nAnswers to the board for how services are managed.',
   E'Approve what governs the system.\nOpen and close practices.\nSettle what owners cannot agree on.', 1, 1),
  ('manager', 'SMO lead', 'Leads the service management office: practices, roles, people and their reviews.',
   E'Keeps practices, roles and matrices true.\nFinds an owner for every practice, and sees that no hat stays vacant.\nHelps owners and managers to review their work.',
   E'Define practices, processes and roles.\nAppoint owners, and end appointments.\nCorrect any matrix, and tell its owner.', 1, NULL),
  ('practitioner', 'SMO member', 'Works in the service management office.',
   E'Keeps the records of people, teams and hats true.\nHelps whoever writes a process or fills a matrix.\nFollows up gaps until somebody closes them.',
   E'Propose people for hats.\nAsk owners and managers to close a gap.', NULL, NULL)
) AS born WHERE NOT EXISTS (SELECT FROM role WHERE kind = 'owner' AND num_nonnulls(practice_id, process_id, service_id) = 0);

INSERT INTO role (kind, name, purpose, stands_for)
SELECT * FROM (VALUES
  ('whoever', 'Service owner', 'The owner of the service concerned.', 'service owner'),
  ('whoever', 'Line manager', 'The line manager of the person concerned.', 'line manager'),
  ('whoever', 'Requester', 'Whoever asked.', NULL),
  ('whoever', 'User', 'Whoever uses the service.', NULL)
) AS born WHERE NOT EXISTS (SELECT FROM role WHERE kind = 'whoever' AND num_nonnulls(practice_id, process_id, service_id) = 0);
