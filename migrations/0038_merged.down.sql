DROP INDEX role_merged, team_company;
