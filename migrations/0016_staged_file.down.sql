DROP TABLE grid_memory, staged_file;
