package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestDiskFull runs on a small disk in memory: at the first start, at a later one, and while people write.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	needServer(t)
	disk := filepath.Dir(newDir(t))
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=20m,mode=755"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("needs the right to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	dir := filepath.Join(disk, "db")
	_, err := Start(t.Context(), Config{Dir: dir})
	refused(t, err, ErrDiskFull, dir, "Make room")
	if left, _ := filepath.Glob(filepath.Join(dir, "new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT, "size=120m"); err != nil {
		t.Fatal(err)
	}
	s := start(t, Config{Dir: dir})
	conn := connect(t, s.URL())
	exec1(t, conn, `CREATE TABLE kept AS SELECT 7 AS n`)
	filler := filepath.Join(disk, "filler")
	fill(t, filler)
	if _, err := conn.Exec(t.Context(), `CREATE TABLE big AS SELECT repeat('x', 2000) FROM generate_series(1, 50000)`); err == nil {
		t.Error("wrote to a full disk")
	}
	if got := value[int](t, connect(t, s.URL()), `SELECT n FROM kept`); got != 7 {
		t.Errorf("read %d from a full disk", got)
	}
	if err := s.Stop(); err != nil {
		t.Logf("stopping on a full disk: %v", err)
	}
	fill(t, filler)
	if full, err := Start(t.Context(), Config{Dir: dir}); err == nil {
		t.Log("starts on a full disk")
		full.Stop()
	} else {
		refused(t, err, ErrDiskFull, dir, "Make room")
	}

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	s = start(t, Config{Dir: dir})
	if got := value[int](t, connect(t, s.URL()), `SELECT n FROM kept`); got != 7 {
		t.Errorf("kept %d", got)
	}
}

// fill writes until nothing fits any more.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
