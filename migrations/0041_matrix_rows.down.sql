DROP TRIGGER row_insert ON raci_cell;
DROP TRIGGER row_update ON raci_cell;
DROP TRIGGER row_delete ON raci_cell;
DROP TRIGGER row_insert ON hand_off;
DROP TRIGGER row_update ON hand_off;
DROP TRIGGER row_delete ON hand_off;
DROP FUNCTION follow_matrix_rows();
DROP FUNCTION matrix_rows(bigint[], bigint[]);
DROP TABLE matrix_row;
