package postgres

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// DefaultDir is where the data live when nobody says otherwise: the XDG data home (macOS: Application Support), and
// /var/lib/hatrack for root, whose home PostgreSQL's account cannot enter. The demo has a directory of its own.
func DefaultDir(demo bool) (string, error) {
	name := "postgres"
	if demo {
		name = "demo"
	}
	if os.Geteuid() == 0 {
		return filepath.Join("/var/lib/hatrack", name), nil
	}
	if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "hatrack", name), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", refuse(ErrBarred, "This account has no home directory to keep data in. Choose a directory (HATRACK_DATA_DIR).")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library/Application Support/hatrack", name), nil
	}
	return filepath.Join(home, ".local/share/hatrack", name), nil
}

// account is who PostgreSQL runs as. It refuses root, so for root that is somebody without rights.
type account struct {
	name     string
	uid, gid int
	cred     *syscall.Credential // nil: as ourselves
}

// accountFor is ourselves, or for root the owner of data that exist already, else the first of the usual accounts.
func accountFor(data string) (account, error) {
	me := os.Geteuid()
	if me != 0 {
		return account{name: "this account", uid: me, gid: os.Getegid()}, nil
	}
	if fi, err := os.Stat(data); err == nil {
		if st, ok := fi.Sys().(*syscall.Stat_t); ok && st.Uid != 0 {
			return newAccount(int(st.Uid), int(st.Gid)), nil
		}
	}
	for _, name := range []string{"postgres", "_postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return newAccount(uid, gid), nil
		}
	}
	return account{}, refuse(ErrBarred, "PostgreSQL does not run as root, and there is no account postgres or nobody to run it as. Start Hatrack as an ordinary user.")
}

func newAccount(uid, gid int) account {
	name := strconv.Itoa(uid)
	if u, err := user.LookupId(name); err == nil {
		name = u.Username
	}
	return account{name, uid, gid, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}

// barredAt is the first directory on the way to dir, and dir itself, that the account cannot enter, or nothing.
func (a account) barredAt(dir string) string {
	if a.cred == nil {
		return "" // the operating system tells us ourselves
	}
	at := "/"
	for _, step := range strings.Split(filepath.Clean(dir), "/") {
		at = filepath.Join(at, step)
		fi, err := os.Stat(at)
		if err != nil {
			return "" // not there yet
		}
		st, ok := fi.Sys().(*syscall.Stat_t)
		if !ok {
			continue
		}
		bit := fs.FileMode(0o001)
		if int(st.Uid) == a.uid {
			bit = 0o100
		} else if int(st.Gid) == a.gid {
			bit = 0o010
		}
		if fi.Mode()&bit == 0 {
			return at
		}
	}
	return ""
}

// own makes dir a directory that the account alone can use. One that is there already must be ours or the account's:
// below /tmp anybody may have put it.
func (a account) own(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	fi, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !fi.IsDir() || !ok || (int(st.Uid) != a.uid && int(st.Uid) != os.Geteuid()) {
		return refuse(ErrForeign, "%s exists and is not a directory of the account that PostgreSQL runs as. Remove it or choose another data directory (HATRACK_DATA_DIR).", dir)
	}
	if a.cred != nil {
		if err := os.Chown(dir, a.uid, a.gid); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700)
}

// makeParents creates what is missing above dir; for root so that the account gets through whatever the umask is.
func makeParents(dir string) error {
	parent := filepath.Dir(dir)
	if _, err := os.Stat(parent); err == nil {
		return nil
	}
	if err := makeParents(parent); err != nil {
		return err
	}
	if err := os.Mkdir(parent, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if os.Geteuid() != 0 {
		return nil
	}
	return os.Chmod(parent, 0o755)
}

// socketLimit is the longest path of a socket (macOS 103 bytes, Linux 107).
const socketLimit = 103

// socketDir is below dir, and where that is too long (or has a comma, which separates hosts in a URL) below /tmp. It
// depends on nothing but dir, so that other commands of this machine find a running server.
func socketDir(dir string) string {
	sock := filepath.Join(dir, "run")
	if len(sock)+len("/.s.PGSQL.5432") <= socketLimit && !strings.Contains(sock, ",") {
		return sock
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, dir)
	return fmt.Sprintf("/tmp/hatrack-%x", h.Sum64())
}

func lockFile(dir string) string { return filepath.Join(dir, "lock") }

// lock takes the directory for this process; the kernel gives it back however we end.
func lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(lockFile(dir), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		return nil, refuse(ErrInUse, "Another Hatrack (process %s) is using %s. Stop it first, or choose another data directory (HATRACK_DATA_DIR).",
			strings.TrimSpace(string(holder)), dir)
	}
	if err := f.Truncate(0); err != nil {
		f.Close()
		return nil, err
	}
	if _, err := fmt.Fprintln(f, os.Getpid()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// unlock gives the directory back at once: closing alone would wait for a child that was born with the file and has not
// become another program yet.
func unlock(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	f.Close()
}
