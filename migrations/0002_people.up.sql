-- The organisation, its people, and who may sign in.

CREATE TABLE organisation (
  id              bigint PRIMARY KEY CONSTRAINT organisation_single CHECK (id = 1),
  name            label NOT NULL,
  time_zone       text NOT NULL,
  owner_label     text NOT NULL DEFAULT 'practice' CONSTRAINT organisation_owner_label CHECK (owner_label IN ('practice', 'process')),
  support_letter  boolean NOT NULL DEFAULT false,
  count_accepted  boolean NOT NULL DEFAULT false, -- Owner and Manager hats count only once accepted
  four_eyes       boolean NOT NULL DEFAULT false,
  demo            boolean NOT NULL DEFAULT false,
  set_up_step     integer NOT NULL DEFAULT 0 CONSTRAINT organisation_set_up_step CHECK (set_up_step BETWEEN 0 AND 5), -- steps done or skipped
  external_sees   text NOT NULL DEFAULT 'own' CONSTRAINT organisation_external_sees CHECK (external_sees IN ('own', 'nothing')),
  counter         bigint NOT NULL DEFAULT 1
);

CREATE TABLE region (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id bigint REFERENCES region,
  name      label NOT NULL,
  counter   bigint NOT NULL DEFAULT 1,
  CONSTRAINT region_not_its_own_parent CHECK (parent_id <> id)
);
CREATE UNIQUE INDEX region_name ON region (lower(name));
CREATE INDEX region_parent ON region (parent_id);

-- Two moves at once could each be right and together a cycle: the moves of regions queue.
CREATE FUNCTION region_refuse_cycle() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('region'));
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT r.id, r.parent_id FROM region r WHERE r.id = NEW.parent_id
      UNION
      SELECT r.id, r.parent_id FROM region r JOIN up ON r.id = up.parent_id
    ) SELECT FROM up WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'a region cannot lie within itself' USING ERRCODE = '23514', CONSTRAINT = 'region_no_cycle', TABLE = 'region';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER region_no_cycle AFTER INSERT OR UPDATE OF parent_id ON region FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION region_refuse_cycle();

CREATE TABLE company (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name             label NOT NULL,
  kind             text NOT NULL CONSTRAINT company_kind CHECK (kind IN ('supplier', 'customer')),
  note             prose NOT NULL DEFAULT '',
  our_contact_id   bigint, -- who inside answers for what the company does
  their_contact_id bigint,
  archived_at      timestamptz,
  counter          bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX company_name ON company (lower(name));

CREATE TABLE person (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id  text CONSTRAINT person_external_id_length CHECK (length(external_id) BETWEEN 1 AND 200),
  name         label NOT NULL,
  sort_name    label NOT NULL, -- family name first
  title        text NOT NULL DEFAULT '' CONSTRAINT person_title_length CHECK (length(title) <= 200),
  email        text NOT NULL DEFAULT '' CONSTRAINT person_email_length CHECK (length(email) <= 320),
  phone        text NOT NULL DEFAULT '' CONSTRAINT person_phone_length CHECK (length(phone) <= 100),
  department   text NOT NULL DEFAULT '' CONSTRAINT person_department_length CHECK (length(department) <= 200),
  location     text NOT NULL DEFAULT '' CONSTRAINT person_location_length CHECK (length(location) <= 200),
  region_id    bigint REFERENCES region,
  company_id   bigint REFERENCES company, -- external
  employed     daterange NOT NULL DEFAULT '(,)' CONSTRAINT person_employed_some_day CHECK (NOT isempty(employed)),
  counter      bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX person_external_id ON person (external_id);
CREATE INDEX person_sort_name ON person (lower(sort_name), id);
-- Words are looked for in name, e-mail and title at once.
CREATE INDEX person_search ON person USING gin (lower(name || ' ' || email || ' ' || title) gin_trgm_ops);
CREATE INDEX person_email ON person (lower(email)) WHERE email <> '';
CREATE INDEX person_company ON person (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX person_region ON person (region_id);
CREATE INDEX person_department ON person (department, lower(sort_name));
CREATE INDEX person_title ON person (lower(title), lower(sort_name));

ALTER TABLE company
  ADD CONSTRAINT company_our_contact FOREIGN KEY (our_contact_id) REFERENCES person,
  ADD CONSTRAINT company_their_contact FOREIGN KEY (their_contact_id) REFERENCES person;

CREATE TABLE reporting_line (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id  bigint NOT NULL REFERENCES person,
  manager_id bigint NOT NULL REFERENCES person,
  is_primary boolean NOT NULL DEFAULT false,
  CONSTRAINT reporting_line_once UNIQUE (person_id, manager_id),
  CONSTRAINT reporting_line_not_oneself CHECK (person_id <> manager_id)
);
CREATE UNIQUE INDEX reporting_line_one_primary ON reporting_line (person_id) WHERE is_primary;
CREATE INDEX reporting_line_manager ON reporting_line (manager_id);

CREATE TABLE team (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name        label NOT NULL,
  purpose     prose NOT NULL DEFAULT '',
  region_id   bigint REFERENCES region,
  company_id  bigint REFERENCES company,
  lead_id     bigint REFERENCES person, -- answers where the team would
  archived_at timestamptz,
  counter     bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX team_name ON team (lower(name)) WHERE archived_at IS NULL;
CREATE INDEX team_lead ON team (lead_id);

CREATE TABLE membership (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team_id   bigint NOT NULL REFERENCES team,
  person_id bigint NOT NULL REFERENCES person,
  during    daterange NOT NULL CONSTRAINT membership_some_day CHECK (NOT isempty(during) AND NOT lower_inf(during)),
  CONSTRAINT membership_once EXCLUDE USING gist (team_id WITH =, person_id WITH =, during WITH &&)
);
CREATE INDEX membership_person ON membership (person_id) INCLUDE (team_id, during);

CREATE TABLE absence (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES person,
  during    daterange NOT NULL CONSTRAINT absence_some_day CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  CONSTRAINT absence_once EXCLUDE USING gist (person_id WITH =, during WITH &&)
);

-- A login for a person.
CREATE TABLE account (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id     bigint NOT NULL REFERENCES person CONSTRAINT account_person UNIQUE,
  email         text NOT NULL CONSTRAINT account_email_length CHECK (length(email) BETWEEN 3 AND 320),
  password_hash text NOT NULL DEFAULT '', -- '' until the one-time link was used
  disabled_at   timestamptz,
  ends_on       date, -- the first day without; every external account has one
  counter       bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX account_email ON account (lower(email));

CREATE TABLE account_grant (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id  bigint NOT NULL REFERENCES account,
  kind        text NOT NULL CONSTRAINT account_grant_kind CHECK (kind IN ('administrator', 'auditor')),
  practice_id bigint, -- an auditor's scope; NULL is the whole organisation
  during      daterange NOT NULL CONSTRAINT account_grant_some_day CHECK (NOT isempty(during)),
  CONSTRAINT account_grant_auditor_ends CHECK (kind <> 'auditor' OR NOT upper_inf(during))
);
CREATE INDEX account_grant_account ON account_grant (account_id);

-- Derived tables, not under the trail: sessions, one-time links, and counts of failed sign-ins.
CREATE TABLE session (
  token_hash bytea PRIMARY KEY, -- sha256 of the cookie's token
  account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE login_link (
  token_hash bytea PRIMARY KEY,
  account_id bigint REFERENCES account ON DELETE CASCADE, -- NULL: makes the first administrator
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE sign_in_attempt (
  id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  at    timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email, at);

CALL audit('organisation');
CALL audit('region');
CALL audit('company');
CALL audit('person', 'email', 'phone');
CALL audit('reporting_line');
CALL audit('team');
CALL audit('membership');
CALL audit('absence');
CALL audit('account', 'email', 'password_hash');
CALL audit('account_grant');
