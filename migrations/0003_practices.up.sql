-- What the organisation does: practices, their processes, the activities of a process as versions word them, and services.

CREATE TABLE practice (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                   label NOT NULL,
  category               text NOT NULL CONSTRAINT practice_category CHECK (category IN ('general', 'service', 'technical')),
  purpose                prose NOT NULL DEFAULT '',
  state                  text NOT NULL DEFAULT 'planned' CONSTRAINT practice_state CHECK (state IN ('planned', 'in use', 'retired')),
  -- The four dimensions, in words.
  organisation_people    prose NOT NULL DEFAULT '',
  information_technology prose NOT NULL DEFAULT '',
  partners_suppliers     prose NOT NULL DEFAULT '',
  value_streams          prose NOT NULL DEFAULT '',
  archived_at            timestamptz,
  counter                bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX practice_name ON practice (lower(name)) WHERE archived_at IS NULL;

CREATE TABLE practice_relation (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  practice_id bigint NOT NULL REFERENCES practice,
  related_id  bigint NOT NULL REFERENCES practice,
  note        text NOT NULL DEFAULT '' CONSTRAINT practice_relation_note_length CHECK (length(note) <= 500),
  CONSTRAINT practice_relation_ordered CHECK (practice_id < related_id), -- one row says it for both
  CONSTRAINT practice_relation_once UNIQUE (practice_id, related_id)
);
CREATE INDEX practice_relation_related ON practice_relation (related_id);

ALTER TABLE account_grant ADD CONSTRAINT account_grant_practice FOREIGN KEY (practice_id) REFERENCES practice;

CREATE TABLE service (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name        label NOT NULL,
  purpose     prose NOT NULL DEFAULT '',
  archived_at timestamptz,
  counter     bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX service_name ON service (lower(name)) WHERE archived_at IS NULL;

-- What supports a service.
CREATE TABLE service_support (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service_id  bigint NOT NULL REFERENCES service,
  practice_id bigint REFERENCES practice,
  team_id     bigint REFERENCES team,
  company_id  bigint REFERENCES company,
  CONSTRAINT service_support_one CHECK (num_nonnulls(practice_id, team_id, company_id) = 1),
  CONSTRAINT service_support_once UNIQUE NULLS NOT DISTINCT (service_id, practice_id, team_id, company_id)
);

-- A process and an activity are identities; what they say stands in versions.
CREATE TABLE process (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  practice_id bigint NOT NULL REFERENCES practice,
  name        label NOT NULL,
  kind        text NOT NULL DEFAULT 'daily' CONSTRAINT process_kind CHECK (kind IN ('daily', 'care')), -- daily work, or care of the practice
  position    integer NOT NULL,
  archived_at timestamptz,
  counter     bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX process_name ON process (practice_id, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE process_version (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  process_id    bigint NOT NULL REFERENCES process,
  number        integer NOT NULL CONSTRAINT process_version_number CHECK (number > 0),
  state         text NOT NULL DEFAULT 'draft' CONSTRAINT process_version_state CHECK (state IN ('draft', 'submitted', 'published', 'withdrawn')),
  in_force_from date,
  withdrawn_on  date, -- not in force on this day and after
  purpose       prose NOT NULL DEFAULT '',
  scope         prose NOT NULL DEFAULT '',
  counter       bigint NOT NULL DEFAULT 1, -- columns, order and the definition's own fields
  CONSTRAINT process_version_once UNIQUE (process_id, number),
  CONSTRAINT process_version_in_force CHECK ((state IN ('published', 'withdrawn')) = (in_force_from IS NOT NULL)),
  CONSTRAINT process_version_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL))
);
CREATE UNIQUE INDEX process_version_one_draft ON process_version (process_id) WHERE state IN ('draft', 'submitted');

-- version_on is the version in force on a day: the highest published number that has begun and is not withdrawn; where
-- none is, the draft. Every read asks it first.
CREATE FUNCTION version_on(process bigint, day date) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT v.id FROM process_version v
  WHERE v.process_id = process
    AND (v.state IN ('draft', 'submitted') OR (v.in_force_from <= day AND (v.withdrawn_on IS NULL OR day < v.withdrawn_on)))
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

CREATE TABLE process_item (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id bigint NOT NULL REFERENCES process_version,
  kind       text NOT NULL CONSTRAINT process_item_kind CHECK (kind IN ('trigger', 'input', 'output')),
  position   integer NOT NULL,
  text       text NOT NULL CONSTRAINT process_item_text_length CHECK (length(text) BETWEEN 1 AND 500)
);
CREATE INDEX process_item_version ON process_item (version_id, kind, position);

CREATE TABLE activity (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  process_id  bigint NOT NULL REFERENCES process
);
CREATE INDEX activity_process ON activity (process_id);

-- One activity as one version words and orders it.
CREATE TABLE step (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id  bigint NOT NULL REFERENCES process_version,
  activity_id bigint NOT NULL REFERENCES activity,
  position    integer NOT NULL,
  section     text NOT NULL DEFAULT '' CONSTRAINT step_section_length CHECK (length(section) <= 200),
  name        label NOT NULL,
  text        prose NOT NULL DEFAULT '',
  procedure   prose NOT NULL DEFAULT '', -- the agreed way to do it, or where it is written
  counter     bigint NOT NULL DEFAULT 1, -- its text and its row of the matrix
  CONSTRAINT step_once UNIQUE (version_id, activity_id)
);
CREATE INDEX step_version ON step (version_id, position);
CREATE INDEX step_activity ON step (activity_id); -- names in the history

CREATE TABLE hand_off (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id     bigint NOT NULL,
  activity_id    bigint NOT NULL,
  direction      text NOT NULL CONSTRAINT hand_off_direction CHECK (direction IN ('out', 'in')),
  what           label NOT NULL,
  to_activity_id bigint REFERENCES activity, -- the other side: an activity, a process, or a party in words
  to_process_id  bigint REFERENCES process,
  party          text NOT NULL DEFAULT '' CONSTRAINT hand_off_party_length CHECK (length(party) <= 200),
  position       integer NOT NULL DEFAULT 1,
  CONSTRAINT hand_off_one_side CHECK (num_nonnulls(to_activity_id, to_process_id, NULLIF(party, '')) = 1),
  -- Between activities it is written once, at the giving side.
  CONSTRAINT hand_off_written_once CHECK (to_activity_id IS NULL OR direction = 'out'),
  CONSTRAINT hand_off_not_oneself CHECK (to_activity_id <> activity_id),
  CONSTRAINT hand_off_step FOREIGN KEY (version_id, activity_id) REFERENCES step (version_id, activity_id)
);
CREATE INDEX hand_off_from ON hand_off (version_id, activity_id);
CREATE INDEX hand_off_to_activity ON hand_off (to_activity_id) WHERE to_activity_id IS NOT NULL;
CREATE INDEX hand_off_to_process ON hand_off (to_process_id) WHERE to_process_id IS NOT NULL;

-- A role is a hat. It hangs on the organisation, a practice, a process or a service.
CREATE TABLE role (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind             text NOT NULL CONSTRAINT role_kind CHECK (kind IN ('owner', 'manager', 'practitioner', 'whoever')),
  name             label NOT NULL,
  practice_id      bigint REFERENCES practice,
  process_id       bigint REFERENCES process,
  service_id       bigint REFERENCES service,
  per_case         boolean NOT NULL DEFAULT false, -- in a case it is the one named in the record
  stands_for       text CONSTRAINT role_stands_for CHECK (stands_for IN ('service owner', 'line manager')), -- what a whoever column resolves to
  purpose          prose NOT NULL DEFAULT '',
  responsibilities prose NOT NULL DEFAULT '', -- lists, a line each
  authorities      prose NOT NULL DEFAULT '',
  competences      prose NOT NULL DEFAULT '',
  wanted_min       integer,
  wanted_max       integer,
  merged_into_id   bigint REFERENCES role,
  archived_at      timestamptz,
  counter          bigint NOT NULL DEFAULT 1,
  CONSTRAINT role_one_scope CHECK (num_nonnulls(practice_id, process_id, service_id) <= 1),
  CONSTRAINT role_wanted CHECK (wanted_min >= 0 AND wanted_max >= GREATEST(wanted_min, 1)),
  CONSTRAINT role_whoever_wants_nobody CHECK (kind <> 'whoever' OR (wanted_min IS NULL AND wanted_max IS NULL)),
  CONSTRAINT role_stands_for_whoever CHECK (stands_for IS NULL OR kind = 'whoever'),
  CONSTRAINT role_merged_is_archived CHECK (merged_into_id IS NULL OR archived_at IS NOT NULL),
  CONSTRAINT role_id_kind UNIQUE (id, kind) -- carries the kind to assignment
);
CREATE UNIQUE INDEX role_one_owner ON role (practice_id, process_id, service_id) NULLS NOT DISTINCT WHERE kind = 'owner' AND archived_at IS NULL;
CREATE UNIQUE INDEX role_name ON role (practice_id, process_id, service_id, lower(name)) NULLS NOT DISTINCT WHERE archived_at IS NULL;
CREATE INDEX role_process ON role (process_id) WHERE process_id IS NOT NULL;

-- The matrix: a column is a role this version uses; a cell is the set of letters of one role in one activity.
CREATE TABLE raci_column (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id bigint NOT NULL REFERENCES process_version,
  role_id    bigint NOT NULL REFERENCES role,
  position   integer NOT NULL,
  CONSTRAINT raci_column_once UNIQUE (version_id, role_id)
);
CREATE INDEX raci_column_role ON raci_column (role_id);

CREATE TABLE raci_cell (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id  bigint NOT NULL,
  activity_id bigint NOT NULL,
  role_id     bigint NOT NULL,
  -- A answers, R does, C gives input, I is told, S supports; always in this order.
  letters     text NOT NULL CONSTRAINT raci_cell_letters CHECK (letters ~ '^A?R?C?I?S?$' AND letters <> ''),
  note        text NOT NULL DEFAULT '' CONSTRAINT raci_cell_note_length CHECK (length(note) <= 500),
  CONSTRAINT raci_cell_once UNIQUE (version_id, activity_id, role_id) INCLUDE (letters),
  CONSTRAINT raci_cell_step FOREIGN KEY (version_id, activity_id) REFERENCES step (version_id, activity_id),
  CONSTRAINT raci_cell_column FOREIGN KEY (version_id, role_id) REFERENCES raci_column (version_id, role_id)
);
CREATE UNIQUE INDEX raci_cell_one_accountable ON raci_cell (version_id, activity_id) WHERE letters LIKE 'A%';
CREATE INDEX raci_cell_role ON raci_cell (role_id, version_id);

-- Only a draft is written. A version's own row may still change its state.
CREATE FUNCTION refuse_published() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
  IF NOT EXISTS (SELECT FROM process_version WHERE id = v AND state = 'draft') THEN
    RAISE EXCEPTION 'only a draft can be changed' USING ERRCODE = '23514', CONSTRAINT = 'process_version_draft_only', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON process_item FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON step FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON hand_off FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON raci_column FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON raci_cell FOR EACH ROW EXECUTE FUNCTION refuse_published();

CREATE FUNCTION refuse_rewording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.purpose, NEW.scope, NEW.number, NEW.process_id) IS DISTINCT FROM (OLD.purpose, OLD.scope, OLD.number, OLD.process_id) THEN
    RAISE EXCEPTION 'only a draft can be changed' USING ERRCODE = '23514', CONSTRAINT = 'process_version_draft_only', TABLE = 'process_version';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER draft_only BEFORE UPDATE ON process_version FOR EACH ROW EXECUTE FUNCTION refuse_rewording();

CALL audit('practice');
CALL audit('practice_relation');
CALL audit('service');
CALL audit('service_support');
CALL audit('process');
CALL audit('process_version');
CALL audit('process_item');
CALL audit('activity');
CALL audit('step');
CALL audit('hand_off');
CALL audit('role');
CALL audit('raci_column');
CALL audit('raci_cell');
