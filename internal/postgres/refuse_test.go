package postgres

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refused checks the kind and that the sentence names what the reader needs.
func refused(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got %v, want: %v", err, kind)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func TestDataOfAnotherVersion(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Fast: true})
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.data, "PG_VERSION"), []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Config{Dir: dir})
	refused(t, err, ErrOtherVersion, "PostgreSQL 99", dir, s.Install.Version)
	if err := os.WriteFile(filepath.Join(s.data, "PG_VERSION"), []byte(fmt.Sprintln(s.Install.Major)), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, Config{Dir: dir, Fast: true}) // nothing was touched
}

func TestSomethingElseInTheDirectory(t *testing.T) {
	needServer(t)
	dir := newDir(t)
	letter := filepath.Join(dir, "letter.txt")
	write(t, letter, "Dear Ada", 0o644)
	_, err := Start(t.Context(), Config{Dir: dir})
	refused(t, err, ErrForeign, dir)
	if err := os.Rename(letter, filepath.Join(dir, "lock")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "data", "letter.txt"), "Dear Ada", 0o644)
	_, err = Start(t.Context(), Config{Dir: dir})
	refused(t, err, ErrForeign, dir)
	if _, err := os.Stat(filepath.Join(dir, "data", "letter.txt")); err != nil {
		t.Error(err)
	}
}

func TestParentThatServerCannotEnter(t *testing.T) {
	if os.Geteuid() != 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("CI does not run as root, so that nobody tries this")
		}
		t.Skip("only root runs PostgreSQL as somebody else")
	}
	dir := newDir(t)
	closed := filepath.Dir(dir)
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Config{Dir: dir})
	refused(t, err, ErrBarred, "who may not enter "+closed, "HATRACK_DATA_DIR")
	if _, err := os.Stat(dir); err == nil {
		t.Error("made the directory all the same")
	}
}

func TestDirectoryWithoutRights(t *testing.T) {
	if os.Geteuid() == 0 {
		dir := newDir(t)
		_, out := startOwner(t, dir, "nobody") // its parent is root's
		out.Scan()
		if got := out.Text(); !strings.Contains(got, "may not write to "+dir) {
			t.Errorf("said %q", got)
		}
		return
	}
	needServer(t)
	_, err := Start(t.Context(), Config{Dir: "/hatrack"})
	refused(t, err, ErrBarred, "may not write to /hatrack")
}

func TestPrograms(t *testing.T) {
	who, err := accountFor("")
	if err != nil {
		t.Fatal(err)
	}
	fake := func(version string, contrib ...string) string {
		dir := newDir(t)
		write(t, dir+"/bin/postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) "+version+" (Invented)'\n", 0o755)
		write(t, dir+"/bin/initdb", "#!/bin/sh\necho share_path="+dir+"/share >&2\nexit 1\n", 0o755)
		for _, name := range contrib {
			write(t, dir+"/share/extension/"+name+".control", "", 0o644)
		}
		return dir + "/bin"
	}
	old, bare := fake("13.4"), fake("17.2", "btree_gist")
	good16, good17 := fake("16.1", extensions...), fake("17.2", extensions...)

	_, err = find(t.Context(), who, []string{old, bare, "/nowhere"}, 0)
	refused(t, err, ErrNotInstalled, "PostgreSQL 13.4 in "+old+" is too old", bare+" lacks pg_trgm", "make setup", "DATABASE_URL")
	_, err = find(t.Context(), who, nil, 0)
	refused(t, err, ErrNotInstalled, "no PostgreSQL server on this machine", "postgresql@17")

	for _, c := range []struct {
		dirs  []string
		asked int
		want  string
	}{
		{[]string{good16, old, good17, bare, good17}, 0, "17.2 16.1"},
		{[]string{good16, good17}, 1, "16.1 17.2"},
	} {
		found, err := find(t.Context(), who, c.dirs, c.asked)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, in := range found {
			got = append(got, in.Version)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("found %v, want %s", got, c.want)
		}
	}
	if who.cred != nil {
		if err := os.Chmod(filepath.Dir(filepath.Dir(good17)), 0o700); err != nil {
			t.Fatal(err)
		}
		_, err = find(t.Context(), who, []string{good17}, 0)
		refused(t, err, ErrNotInstalled, "cannot be run by "+who.name)
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		out  string
		kind error
	}{
		{"FATAL:  could not write lock file \"postmaster.pid\": No space left on device", ErrDiskFull},
		{"initdb: error: could not write: Disk quota exceeded", ErrDiskFull},
		{"FATAL:  could not create semaphores: No space left on device", nil},
		{"FATAL:  lock file \"postmaster.pid\" already exists", ErrInUse},
		{"FATAL:  database files are incompatible with server", ErrOtherVersion},
		{"FATAL:  data directory \"/x\" has wrong ownership", ErrBarred},
		{"FATAL:  something new", nil},
	} {
		err := explain(errors.New("it ended"), []byte(c.out), "/x")
		if c.kind != nil && !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", c.out, err)
		}
		if p := new(Problem); c.kind == nil && (errors.As(err, &p) || !strings.Contains(err.Error(), c.out)) {
			t.Errorf("%s: %v", c.out, err)
		}
	}
}
