DROP TABLE accepted_gap, policy_attachment, policy_version, policy;
