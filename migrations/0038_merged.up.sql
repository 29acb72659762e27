-- What was made one with a role is looked for on its page and in its history, and the teams of a company on its page: among
-- all roles and all teams these were the longest reads there.
CREATE INDEX role_merged ON role (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX team_company ON team (company_id) WHERE company_id IS NOT NULL;
