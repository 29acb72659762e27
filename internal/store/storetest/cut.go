package storetest

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"hatrack/internal/store"
)

// Line lies between a store and the database and breaks at a statement of the tester's choice, as a line does: the
// client learns nothing but that it is gone. Statements are those between begin and commit, with both: what only reads may
// be asked again by itself.
type Line struct {
	mu    sync.Mutex
	left  int  // statements until it breaks; 0: it holds
	heard bool // the database hears the last statement, and nobody its answer
	broke bool
}

// BreakAt breaks the line at the n-th statement from now: before the database hears of it, or once it has.
func (l *Line) BreakAt(n int, heard bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left, l.heard, l.broke = n, heard, false
}

// Hold lets the line be, and says whether it broke.
func (l *Line) Hold() (broke bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = 0
	return l.broke
}

// passes says whether a statement goes through, and whether the line breaks at it.
func (l *Line) passes() (through, breaks bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left == 0 {
		return true, false
	}
	if l.left--; l.left > 0 {
		return true, false
	}
	l.broke = true
	return l.heard, true
}

// Behind opens another store of the database behind a line, with one connection to write through.
func (d *DB) Behind(t testing.TB) (*store.Store, *Line) {
	t.Helper()
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	there := filepath.Join(q.Get("host"), ".s.PGSQL.5432")
	dir, err := os.MkdirTemp("", "line") // a socket's name may not be long
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	line := &Line{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go line.carry(client, there)
		}
	}()
	q.Set("host", dir)
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	s, err := store.Open(t.Context(), u.String(), store.Options{Now: func() time.Time { return Now }, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); _ = listener.Close() })
	return s, line
}

// carry brings messages to the database and answers back, until either side ends or the line breaks.
func (l *Line) carry(client net.Conn, there string) {
	defer client.Close()
	db, err := net.Dial("unix", there)
	if err != nil {
		return
	}
	defer db.Close()
	go func() { _, _ = io.Copy(client, db); _ = client.Close() }()
	from := pgproto3.NewBackend(client, client)
	var msg pgproto3.FrontendMessage
	msg, err = from.ReceiveStartupMessage()
	for writes := false; err == nil; msg, err = from.Receive() {
		through, breaks := true, false
		switch m := msg.(type) { // of the protocol's messages these run something
		case *pgproto3.Query:
			if writes = writes || strings.HasPrefix(m.String, "begin"); writes {
				through, breaks = l.passes()
			}
			writes = writes && !strings.HasPrefix(m.String, "commit") && !strings.HasPrefix(m.String, "rollback")
		case *pgproto3.Execute:
			if writes {
				through, breaks = l.passes()
			}
		}
		if breaks {
			_ = client.Close()
		}
		if through {
			bytes, err := msg.Encode(nil)
			if err == nil {
				_, err = db.Write(bytes)
			}
			if err != nil {
				return
			}
		}
		if breaks {
			return
		}
	}
}
