package postgres

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// The kinds of refusal, for errors.Is. What Start returns reads as a sentence that also says what to do.
var (
	ErrNotInstalled = errors.New("no usable PostgreSQL is installed")
	ErrInUse        = errors.New("the data directory is in use")
	ErrOtherVersion = errors.New("the data belong to another version of PostgreSQL")
	ErrBarred       = errors.New("the data directory cannot be used by this account")
	ErrForeign      = errors.New("the directory holds something else")
	ErrDiskFull     = errors.New("the disk is full")
)

// Problem is one kind of refusal in words for the person at the terminal.
type Problem struct {
	Kind error  // one of the Err values above
	Text string // one or more sentences: what is wrong, what to do
}

func (p *Problem) Error() string { return p.Text }

// Unwrap lets errors.Is find the kind.
func (p *Problem) Unwrap() error { return p.Kind }

func refuse(kind error, format string, args ...any) error {
	return &Problem{kind, fmt.Sprintf(format, args...)}
}

// explain turns what the operating system or PostgreSQL said (out, in English) about dir into a Problem where it is one
// we know, and otherwise adds PostgreSQL's own words to err.
func explain(err error, out []byte, dir string) error {
	said := func(words string) bool { return bytes.Contains(out, []byte(words)) }
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), diskFull(out):
		return refuse(ErrDiskFull, "The disk that holds %s is full. Make room and start again; nothing that was saved is lost.", dir)
	case said("lock file") && said("already exists"):
		return refuse(ErrInUse, "A PostgreSQL server that Hatrack did not start is running on %s. Stop it (pg_ctl stop -D %s/data) and start again.", dir, dir)
	case said("incompatible with server"):
		return refuse(ErrOtherVersion, "The data in %s were made by another version of PostgreSQL. Install that version again, or move the data with pg_dump; Hatrack does not touch them.", dir)
	case said("has wrong ownership"), said("has invalid permissions"):
		return refuse(ErrBarred, "The files in %s/data do not belong to the account that PostgreSQL runs as. Give them back (chown -R) or choose another data directory (HATRACK_DATA_DIR).", dir)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return refuse(ErrBarred, "Hatrack may not write to %s (%v). Start it as the account that owns the directory, or choose another one (HATRACK_DATA_DIR).", dir, err)
	case err != nil && len(bytes.TrimSpace(out)) > 0:
		return fmt.Errorf("%w; it said:\n%s", err, bytes.TrimSpace(out))
	}
	return err
}

// diskFull reads the server's words. The same errno, where it is about semaphores or shared memory, is about kernel limits.
func diskFull(out []byte) bool {
	for line := range bytes.Lines(out) {
		if bytes.Contains(line, []byte("semaphore")) || bytes.Contains(line, []byte("shared memory")) {
			continue
		}
		for _, words := range []string{"No space left on device", "Disk quota exceeded", "Check free disk space"} {
			if bytes.Contains(line, []byte(words)) {
				return true
			}
		}
	}
	return false
}
