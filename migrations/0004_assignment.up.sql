-- Who wears which hat, from when to when: the atomic fact. Nothing is edited in place.

CREATE TABLE assignment (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  role_id        bigint NOT NULL,
  role_kind      text NOT NULL,
  person_id      bigint REFERENCES person,
  team_id        bigint REFERENCES team,
  company_id     bigint REFERENCES company,
  during         daterange NOT NULL CONSTRAINT assignment_some_day CHECK (NOT isempty(during) AND NOT lower_inf(during)),
  region_id      bigint REFERENCES region,
  service_id     bigint REFERENCES service,
  capacity       text NOT NULL DEFAULT 'holder' CONSTRAINT assignment_capacity CHECK (capacity IN ('holder', 'acting', 'deputy')),
  state          text NOT NULL CONSTRAINT assignment_state CHECK (state IN ('proposed', 'appointed', 'withdrawn')),
  -- Does the holder know? A fact of its own.
  acceptance     text NOT NULL DEFAULT 'told' CONSTRAINT assignment_acceptance CHECK (acceptance IN ('told', 'accepted', 'objected')),
  answered_on    date,
  told_how       text NOT NULL DEFAULT '' CONSTRAINT assignment_told_how_length CHECK (length(told_how) <= 200),
  objection      text NOT NULL DEFAULT '' CONSTRAINT assignment_objection_length CHECK (length(objection) <= 2000),
  announced      boolean NOT NULL DEFAULT true, -- one that begins in the future is seen by plain readers once announced
  recorded_on    date NOT NULL,
  decided_on     date NOT NULL,
  decided_by     text NOT NULL DEFAULT '' CONSTRAINT assignment_decided_by_length CHECK (length(decided_by) <= 200), -- in words, where it is not who recorded it
  recorded_by    bigint REFERENCES person, -- who proposed or appointed; NULL: imported, or the operator
  first_lead     boolean NOT NULL DEFAULT false, -- the administrator who made themselves the first SMO lead
  reference      text NOT NULL DEFAULT '' CONSTRAINT assignment_reference_length CHECK (length(reference) <= 200),
  reason         text NOT NULL DEFAULT '' CONSTRAINT assignment_reason_length CHECK (length(reason) <= 2000),
  ended_reason   text NOT NULL DEFAULT '' CONSTRAINT assignment_ended_reason_length CHECK (length(ended_reason) <= 2000), -- why it ends early or was withdrawn
  share          integer CONSTRAINT assignment_share CHECK (share BETWEEN 1 AND 100), -- per cent of time; private
  CONSTRAINT assignment_role FOREIGN KEY (role_id, role_kind) REFERENCES role (id, kind),
  CONSTRAINT assignment_one_holder CHECK (num_nonnulls(person_id, team_id, company_id) = 1),
  CONSTRAINT assignment_whoever_is_never_held CHECK (role_kind <> 'whoever'),
  CONSTRAINT assignment_owner_is_a_person CHECK (role_kind <> 'owner' OR person_id IS NOT NULL),
  CONSTRAINT assignment_manager_is_a_person CHECK (role_kind <> 'manager' OR person_id IS NOT NULL),
  CONSTRAINT assignment_owner_is_worldwide CHECK (role_kind <> 'owner' OR (region_id IS NULL AND service_id IS NULL)),
  CONSTRAINT assignment_acting_ends CHECK (capacity <> 'acting' OR NOT upper_inf(during)),
  CONSTRAINT assignment_stand_in_is_a_person CHECK (capacity = 'holder' OR person_id IS NOT NULL),
  CONSTRAINT assignment_not_by_oneself CHECK (recorded_by <> person_id OR first_lead OR state = 'proposed' OR state = 'withdrawn'),
  CONSTRAINT assignment_backdated_has_reason CHECK (lower(during) >= recorded_on OR reason <> '' OR state = 'withdrawn'),
  CONSTRAINT assignment_objection_has_reason CHECK ((acceptance = 'objected') = (objection <> '')),
  CONSTRAINT assignment_one_owner EXCLUDE USING gist (role_id WITH =, capacity WITH =, during WITH &&)
    WHERE (role_kind = 'owner' AND state = 'appointed' AND capacity IN ('holder', 'acting'))
);
CREATE INDEX assignment_role_held ON assignment (role_id) INCLUDE (person_id, team_id, company_id, during, region_id, capacity, state);
CREATE INDEX assignment_person ON assignment (person_id) INCLUDE (role_id, during, capacity, state) WHERE person_id IS NOT NULL;
CREATE INDEX assignment_team ON assignment (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX assignment_company ON assignment (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX assignment_undecided ON assignment (role_id) WHERE (state = 'proposed' OR acceptance = 'objected') AND state <> 'withdrawn'; -- what waits for somebody
CREATE INDEX assignment_service ON assignment (service_id) WHERE service_id IS NOT NULL;

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.person_id, NEW.team_id, NEW.company_id, NEW.service_id, NEW.region_id, NEW.capacity, lower(NEW.during), NEW.recorded_on)
     IS DISTINCT FROM (OLD.person_id, OLD.team_id, OLD.company_id, OLD.service_id, OLD.region_id, OLD.capacity, lower(OLD.during), OLD.recorded_on) THEN
    RAISE EXCEPTION 'an assignment is ended or withdrawn, never rewritten' USING ERRCODE = '23514', CONSTRAINT = 'assignment_not_rewritten', TABLE = 'assignment';
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' THEN
    RAISE EXCEPTION 'a withdrawn assignment stays withdrawn' USING ERRCODE = '23514', CONSTRAINT = 'assignment_stays_withdrawn', TABLE = 'assignment';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assignment_not_rewritten BEFORE UPDATE ON assignment FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- Nobody holds a hat or a membership on a day without employment. The person's row is locked, so that a leaving day
-- and an appointment cannot pass each other.
CREATE FUNCTION refuse_beyond_employment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  until date;
BEGIN
  IF NEW.person_id IS NULL OR to_jsonb(NEW) ->> 'state' = 'withdrawn' THEN
    RETURN NULL;
  END IF;
  SELECT upper(employed) INTO until FROM person WHERE id = NEW.person_id FOR SHARE;
  IF until IS NOT NULL AND (upper_inf(NEW.during) OR upper(NEW.during) > until) THEN
    RAISE EXCEPTION 'longer than the person stays' USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_within_employment', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER assignment_within_employment AFTER INSERT OR UPDATE ON assignment FOR EACH ROW EXECUTE FUNCTION refuse_beyond_employment();
CREATE TRIGGER membership_within_employment AFTER INSERT OR UPDATE ON membership FOR EACH ROW EXECUTE FUNCTION refuse_beyond_employment();

CREATE FUNCTION refuse_leaving_with_hats() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM assignment WHERE person_id = NEW.id AND state <> 'withdrawn' AND (upper_inf(during) OR upper(during) > upper(NEW.employed)))
     OR EXISTS (SELECT FROM membership WHERE person_id = NEW.id AND (upper_inf(during) OR upper(during) > upper(NEW.employed))) THEN
    RAISE EXCEPTION 'hats or memberships would outlast the person' USING ERRCODE = '23514', CONSTRAINT = 'person_leaves_without_hats', TABLE = 'person';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER person_leaves_without_hats AFTER UPDATE OF employed ON person FOR EACH ROW
  WHEN (NOT upper_inf(NEW.employed) AND NEW.employed IS DISTINCT FROM OLD.employed) EXECUTE FUNCTION refuse_leaving_with_hats();

-- worn lists who wears which hat on a day: own hats, and those of a person's teams. Of a deputy, stands_in says whether
-- a holder of the role (there) is absent that day. A company's hats stand with person_id NULL. Where the organisation
-- wants it, Owner and Manager hats count only once accepted.
CREATE FUNCTION worn(day date) RETURNS TABLE (
  assignment_id bigint, role_id bigint, person_id bigint, team_id bigint, company_id bigint, region_id bigint, service_id bigint,
  capacity text, acceptance text, since date, until date, stands_in boolean
) LANGUAGE sql STABLE AS $$
  SELECT a.id, a.role_id, a.person_id, NULL::bigint, a.company_id, a.region_id, a.service_id, a.capacity, a.acceptance, lower(a.during), upper(a.during),
         a.capacity = 'deputy' AND EXISTS (
           SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> day
           WHERE h.role_id = a.role_id AND h.capacity = 'holder' AND h.state = 'appointed' AND h.during @> day AND h.region_id IS NOT DISTINCT FROM a.region_id)
  FROM assignment a, organisation o
  WHERE a.state = 'appointed' AND a.during @> day AND a.team_id IS NULL
    AND (NOT o.count_accepted OR a.role_kind = 'practitioner' OR a.acceptance = 'accepted')
  UNION ALL
  SELECT a.id, a.role_id, m.person_id, a.team_id, NULL::bigint, a.region_id, a.service_id, a.capacity, a.acceptance,
         GREATEST(lower(a.during), lower(m.during)), LEAST(upper(a.during), upper(m.during)), false
  FROM assignment a JOIN membership m ON m.team_id = a.team_id AND m.during @> day
  WHERE a.state = 'appointed' AND a.during @> day
$$;

-- Readers' reports of what is wrong on a page.
CREATE TABLE mistake (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  process_id  bigint REFERENCES process,
  activity_id bigint REFERENCES activity,
  role_id     bigint REFERENCES role,
  about       text NOT NULL DEFAULT '' CONSTRAINT mistake_about_length CHECK (length(about) <= 200), -- the line it stands at, in words
  text        text NOT NULL CONSTRAINT mistake_text_length CHECK (length(text) BETWEEN 1 AND 2000),
  reported_by bigint NOT NULL REFERENCES person,
  reported_on date NOT NULL,
  closed_on   date,
  answer      text NOT NULL DEFAULT '' CONSTRAINT mistake_answer_length CHECK (length(answer) <= 2000),
  CONSTRAINT mistake_about_something CHECK (num_nonnulls(process_id, role_id) >= 1)
);
CREATE INDEX mistake_open_process ON mistake (process_id) WHERE closed_on IS NULL;
CREATE INDEX mistake_open_role ON mistake (role_id) WHERE closed_on IS NULL;

-- An upload between its preview and its confirmation. Derived: it is nobody's fact yet, and gone after a day.
CREATE TABLE staged_import (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
  kind       text NOT NULL CONSTRAINT staged_import_kind CHECK (kind IN ('people', 'raci')),
  process_id bigint REFERENCES process,
  file_name  text NOT NULL,
  content    bytea NOT NULL,
  answers    jsonb NOT NULL DEFAULT '{}',
  staged_at  timestamptz NOT NULL
);
CREATE INDEX staged_import_staged ON staged_import (staged_at);

CALL audit('assignment');
CALL audit('mistake');
