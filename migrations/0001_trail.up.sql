-- The trail: who did what, and every row before and after. Nothing is written to a table of facts without an event of
-- the very transaction that writes it, whatever program writes.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE DOMAIN label AS text CONSTRAINT label_length CHECK (length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN prose AS text CONSTRAINT prose_length CHECK (length(VALUE) <= 20000);

CREATE TABLE event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
  actor      text NOT NULL CONSTRAINT event_actor CHECK (actor IN ('account', 'operator', 'migration', 'system')),
  account_id bigint,
  person_id  bigint,
  act        text NOT NULL,
  -- What happened, as a sentence without its subject; entities stand in it as [[person:12]], so that a name that
  -- changes, or a person who is pseudonymised, is right in old sentences too.
  summary    text NOT NULL DEFAULT '',
  reason     text NOT NULL DEFAULT '',
  -- Not for plain readers: a plan or an appointment that is not announced yet.
  private    boolean NOT NULL DEFAULT false,
  request    text NOT NULL DEFAULT '',
  undoes     bigint,
  CONSTRAINT event_account CHECK ((actor = 'account') = (account_id IS NOT NULL))
);
CREATE INDEX event_at ON event (at);
CREATE UNIQUE INDEX event_undone_once ON event (undoes) WHERE undoes IS NOT NULL;

-- What an event speaks of: the history of a page is one index lookup.
CREATE TABLE event_about (
  event_id bigint NOT NULL,
  kind     text NOT NULL,
  id       bigint NOT NULL,
  PRIMARY KEY (kind, id, event_id)
);
CREATE INDEX event_about_event ON event_about (event_id);

-- Rows before and after. Fields that hold contact details or secrets are kept by name only, in hidden.
CREATE TABLE change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id   bigint NOT NULL,
  table_name text NOT NULL,
  row_id     bigint NOT NULL,
  before     jsonb,
  after      jsonb,
  hidden     text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX change_event ON change (event_id);
CREATE INDEX change_row ON change (table_name, row_id);

-- current_event is the event of this transaction; it raises where there is none.
CREATE FUNCTION current_event() RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  -- After a commit the setting is '', not NULL.
  e bigint := NULLIF(current_setting('hatrack.event', true), '')::bigint;
BEGIN
  IF e IS NULL OR NOT EXISTS (SELECT FROM event WHERE id = e AND xid = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a write without an event of its own transaction' USING ERRCODE = 'HT001';
  END IF;
  RETURN e;
END $$;

-- Statement triggers with transition tables: one INSERT for any number of rows.
CREATE FUNCTION keep_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, after, hidden)
  SELECT e, TG_TABLE_NAME, n.id, j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE COALESCE(j ->> c, '') <> '')
  FROM new_rows n, LATERAL (SELECT to_jsonb(n) AS j) AS row;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, before, after, hidden)
  SELECT e, TG_TABLE_NAME, n.id, b.j - secret, a.j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE b.j -> c IS DISTINCT FROM a.j -> c)
  FROM old_rows o JOIN new_rows n ON n.id = o.id,
       LATERAL (SELECT to_jsonb(o) AS j) AS b, LATERAL (SELECT to_jsonb(n) AS j) AS a
  WHERE b.j IS DISTINCT FROM a.j;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, before, hidden)
  SELECT e, TG_TABLE_NAME, o.id, j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE COALESCE(j ->> c, '') <> '')
  FROM old_rows o, LATERAL (SELECT to_jsonb(o) AS j) AS row;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HT002';
END $$;

-- audit puts a table of facts under the trail; hidden names the columns kept by name only.
CREATE PROCEDURE audit(target regclass, VARIADIC hidden text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
  args text := (SELECT COALESCE(string_agg(quote_literal(h), ', '), '') FROM unnest(hidden) h);
BEGIN
  EXECUTE format('CREATE TRIGGER trail_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_inserted(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_updated(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_deleted(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse()', target);
END $$;

-- An event is completed (its summary) inside its own transaction, and never touched again.
CREATE FUNCTION event_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.xid <> pg_current_xact_id() THEN
    RAISE EXCEPTION 'UPDATE of event is not allowed' USING ERRCODE = 'HT002';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER event_final BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_is_final();
CREATE TRIGGER event_kept BEFORE DELETE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER event_about_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event_about FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION refuse();
