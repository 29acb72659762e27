// Package migrations holds the schema as golang-migrate files, and the dump of what they make (schema.sql, for reading).
package migrations

import "embed"

// Files are the migrations, up and down.
//
//go:embed *.sql
var Files embed.FS
