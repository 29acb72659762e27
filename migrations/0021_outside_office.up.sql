-- A role of the organisation may stand outside the service management office: whoever sits on the steering committee or
-- audits from inside wears a hat of the organisation, and changes nothing by it.
ALTER TABLE role ADD COLUMN outside_office boolean NOT NULL DEFAULT false;
ALTER TABLE role ADD CONSTRAINT role_outside_office
  CHECK (NOT outside_office OR kind = 'practitioner' AND practice_id IS NULL AND process_id IS NULL AND service_id IS NULL);
