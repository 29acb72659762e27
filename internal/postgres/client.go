package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Client runs a client program of PostgreSQL, such as pg_dump, on the database at address (postgres://…), with what in and
// out are told; either may be nil. The error is what the program said. beside is where to look first, as a private server's
// own programs; "": PATH, then where packages put them, the newest first.
func Client(ctx context.Context, beside, program, address string, in, out *os.File, args ...string) error {
	path, err := client(ctx, beside, program)
	if err != nil {
		return err
	}
	at, secret, err := forLibpq(address)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, append(args, "--no-password", "--dbname="+at)...)
	if secret != "" {
		cmd.Env = append(os.Environ(), "PGPASSWORD="+secret)
	}
	if in != nil {
		cmd.Stdin = in
	}
	if out != nil {
		cmd.Stdout = out
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %s", program, cmp.Or(strings.TrimSpace(said.String()), err.Error()))
	}
	return nil
}

// forLibpq is an address as PostgreSQL's own library reads it, without what pgx alone knows; and the password apart, since
// everybody on a machine may read a program's arguments.
func forLibpq(address string) (at, password string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", "", errors.New("the database's address cannot be read") // its own words hold the address
	}
	q := u.Query()
	password = q.Get("password")
	for name := range q {
		if strings.HasPrefix(name, "pool_") || slices.Contains([]string{"password", "default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity"}, name) {
			q.Del(name)
		}
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // libpq does not read + as a space
	if p, given := u.User.Password(); given {
		password, u.User = p, url.User(u.User.Username())
	}
	return u.String(), password, nil
}

func client(ctx context.Context, beside, program string) (string, error) {
	if beside != "" {
		if path, err := exec.LookPath(filepath.Join(beside, program)); err == nil {
			return path, nil
		}
	}
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	dirs := candidates(ctx, nil)
	slices.SortStableFunc(dirs, func(a, b string) int { return cmp.Compare(b, a) })
	for _, dir := range dirs {
		if path, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not on this machine. Install PostgreSQL's client programs (Debian, Ubuntu: apt-get install postgresql-client; macOS: brew install libpq)", program)
}
