DROP TABLE sign_in_attempt, login_link, session, account_grant, account, absence, membership, team, reporting_line;
ALTER TABLE company DROP CONSTRAINT company_our_contact, DROP CONSTRAINT company_their_contact;
DROP TABLE person, company, region, organisation;
DROP FUNCTION region_refuse_cycle();
