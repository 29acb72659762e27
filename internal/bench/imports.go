package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"hatrack/internal/postgres"
)

// measureImports brings 20,000 people and a grid of 60 × 12 into an empty database, with the program that people use.
func measureImports(ctx context.Context, s settings, r *report) error {
	dir := filepath.Join(s.dir, "import")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	if _, err := hatrack(ctx, s, nil, "migrate", "up", "--data-dir", data); err != nil {
		return err
	}
	pg, err := postgres.Start(ctx, postgres.Config{Dir: data})
	if err != nil {
		return err
	}
	defer func() { _ = pg.Stop() }()
	env := []string{"DATABASE_URL=" + pg.URLFor("hatrack_server"), "HATRACK_MIGRATE_URL=" + pg.URL()}
	people, grid := filepath.Join(dir, "people.csv"), filepath.Join(dir, "grid.csv")
	if err := os.WriteFile(people, peopleList(20_000), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(grid, gridList(60, 12), 0o644); err != nil {
		return err
	}
	for _, i := range []struct {
		what    string
		seconds float64
		args    []string
	}{
		{"import of 20,000 people", 10, []string{"import", "people", people}},
		{"import of a grid of 60 × 12", 1, []string{"import", "raci", grid, "--process", "Handle an incident", "--practice", "Incident management"}},
	} {
		used, err := hatrack(ctx, s, env, i.args...)
		if err != nil {
			return err
		}
		r.atMost(i.what, used.took.Seconds(), i.seconds, "s")
		r.atMost("memory of the "+i.what, used.memory, 512, "MB")
	}
	return nil
}

// usage is what a run of the program took.
type usage struct {
	took   time.Duration
	memory float64 // the most at once, in MB
}

func hatrack(ctx context.Context, s settings, env []string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, s.hatrack, args...)
	cmd.Env = append(append(os.Environ(), "DATABASE_URL=", "HATRACK_MIGRATE_URL=", "HATRACK_DATA_DIR="), env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return usage{}, fmt.Errorf("hatrack %s: %w: %s", args[0], err, said.String())
	}
	u := usage{took: time.Since(began)}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = float64(r.Maxrss) / 1024 // Linux counts in KB
	}
	return u, nil
}

func peopleList(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Employee ID,Name,E-mail,Job title,Department,Location,Manager ID\n")
	for i := range n {
		manager := ""
		if i > 0 {
			manager = fmt.Sprintf("%d", (i-1)/8+1)
		}
		fmt.Fprintf(&b, "%d,Person Number%d,person.%d@example.org,Analyst,Department %d,Office %d,%s\n", i+1, i, i, i%40, i%12, manager)
	}
	return b.Bytes()
}

func gridList(rows, columns int) []byte {
	var b bytes.Buffer
	b.WriteString("Activity")
	for c := range columns {
		fmt.Fprintf(&b, ",Role %c", 'A'+c)
	}
	letters := []string{"A", "R", "C", "I", "", "", "C", "", "I", "", "", ""} // each row has one A
	for r := range rows {
		fmt.Fprintf(&b, "\nActivity number %d", r+1)
		for c := range columns {
			b.WriteString("," + letters[(r+c)%len(letters)])
		}
	}
	return b.Bytes()
}
