package main

import (
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones by name on a machine that has none
)

// databaseSettings say where the data are: a database that exists, or a directory for a private PostgreSQL.
type databaseSettings struct {
	DatabaseURL string `name:"database-url" variable:"DATABASE_URL" placeholder:"URL" help:"Use this PostgreSQL database, postgres://…, and start none."`
	MigrateURL  string `name:"migrate-url" variable:"HATRACK_MIGRATE_URL" placeholder:"URL" help:"Migrate as another role, so that the server's role does not own the tables."`
	DataDir     string `name:"data-dir" variable:"HATRACK_DATA_DIR" placeholder:"DIR" help:"Where the private PostgreSQL keeps its data."`
}

func (s databaseSettings) check() error {
	for _, u := range []struct{ name, url string }{{"DATABASE_URL", s.DatabaseURL}, {"HATRACK_MIGRATE_URL", s.MigrateURL}} {
		if u.url == "" {
			continue
		}
		// The value holds a password: it is not repeated.
		if p, err := url.Parse(u.url); err != nil || p.Scheme != "postgres" && p.Scheme != "postgresql" {
			return wrong("%s is not an address of a PostgreSQL database. Write it as postgres://user:password@host:5432/database, or over a socket as postgres://user@/database?host=/var/run/postgresql.", u.name)
		}
	}
	if s.MigrateURL != "" && s.DatabaseURL == "" {
		return wrong("HATRACK_MIGRATE_URL is given without DATABASE_URL. Give the database that the server uses too; both name the same one.")
	}
	if s.DatabaseURL != "" && s.DataDir != "" {
		return wrong("Both DATABASE_URL and HATRACK_DATA_DIR are given. The first names a database to use, the second a place for a private one: give one of them.")
	}
	return nil
}

// webSettings say how browsers reach the server.
type webSettings struct {
	Addr     string `variable:"HATRACK_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Listen here."`
	BaseURL  string `name:"base-url" variable:"HATRACK_BASE_URL" placeholder:"URL" help:"How browsers reach the server, where that is not http://localhost and the port; with https cookies are sent over https only."`
	TimeZone string `variable:"HATRACK_TIME_ZONE" placeholder:"ZONE" help:"The organisation's time zone, which decides what day it is: Europe/Paris."`
	LogLevel string `variable:"HATRACK_LOG_LEVEL" placeholder:"LEVEL" help:"Least level that is logged: debug, info, warn or error."`
}

func (s webSettings) check(demo, expose bool) error {
	host, port, err := net.SplitHostPort(s.Addr)
	if n, e := strconv.Atoi(port); err != nil || e != nil || n < 0 || n > 65535 {
		return wrong("%q is not an address to listen on. Give host and port, as in 127.0.0.1:8080 (--addr or HATRACK_ADDR).", s.Addr)
	}
	if demo && !expose && !loopback(host) {
		return wrong("In the demo anybody is signed in with one click, so it listens on this machine only. Use 127.0.0.1:%s, or say --expose-demo if others shall reach it.", port)
	}
	if s.BaseURL != "" {
		u, err := url.Parse(s.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return wrong("%q is not how browsers can reach a server. Give scheme and host, as in https://hatrack.example.com (--base-url or HATRACK_BASE_URL).", s.BaseURL)
		}
	}
	if s.TimeZone != "" {
		if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "Local" {
			return wrong("There is no time zone %q. Give a name such as Europe/Paris or America/New_York (--time-zone or HATRACK_TIME_ZONE).", s.TimeZone)
		}
	}
	_, err = s.level(demo)
	return err
}

// level is the least level that is logged: the demo's terminal belongs to what one can be and open there.
func (s webSettings) level(demo bool) (slog.Level, error) {
	switch {
	case s.LogLevel == "" && demo:
		return slog.LevelWarn, nil
	case s.LogLevel == "":
		return slog.LevelInfo, nil
	}
	var l slog.Level
	if err := l.UnmarshalText([]byte(s.LogLevel)); err != nil {
		return 0, wrong("%q is no level to log at. Give debug, info, warn or error (--log-level or HATRACK_LOG_LEVEL).", s.LogLevel)
	}
	return l, nil
}

// address is what people open: the base URL, or this machine where none is given.
func (s webSettings) address(listening net.Addr) string {
	if s.BaseURL != "" {
		return strings.TrimSuffix(s.BaseURL, "/")
	}
	_, port, _ := net.SplitHostPort(listening.String())
	return "http://localhost:" + port
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
