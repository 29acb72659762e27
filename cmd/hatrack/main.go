// Command hatrack is the whole product in one binary: the server, its migrations, and what is done at a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// verbs are what hatrack can be told to do, a file each.
type verbs struct {
	Serve   serve   `cmd:"" help:"Run the server."`
	Migrate migrate `cmd:"" help:"Bring the database's schema up, take it back, or say where it stands."`
	Account account `cmd:"" help:"Make accounts and one-time links, and say who may do what."`
	Import  bring   `cmd:"" help:"Bring people, RACI grids, hats and policies from the files there are."`
	Backup  backup  `cmd:"" help:"Write everything into a file, beside a running server."`
	Restore restore `cmd:"" help:"Fill an empty database with what a backup holds."`

	Synth synthesise `cmd:"" help:"Fill an empty database with a generated organisation, for measuring."`
}

// program is what a verb works with.
type program struct {
	ctx    context.Context
	out    io.Writer // what people read; one-time links go here and nowhere else
	errOut io.Writer // the log
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hatrack: "+err.Error())
		os.Exit(exitCode(err))
	}
}

// exitCode is what the program ends with for an error.
func exitCode(err error) int {
	if c, ok := errors.AsType[coded](err); ok {
		return c.code
	}
	return 1
}

// run reads the arguments, for which variables of the environment stand in, and does what they say until it is done or
// ctx ends. The error is a sentence for the person at the terminal.
func run(ctx context.Context, args []string, getenv func(string) string, out, errOut io.Writer) error {
	var v verbs
	helped := false
	parser, err := kong.New(&v,
		kong.Name("hatrack"),
		kong.Description("Practices, processes, roles and who wears which hat, from when to when."),
		kong.Writers(out, errOut),
		kong.Exit(func(int) { helped = true }),
		kong.Resolvers(environment(getenv)),
		kong.ValueFormatter(withVariable),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.UsageOnError(),
	)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	chosen, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return coded{exitUsage, err.Error() + ". See hatrack --help"}
	}
	return chosen.Run(&program{ctx, out, errOut})
}

// environment gives a flag the value of the variable its tag names, where the arguments give none.
func environment(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		name := flag.Tag.Get("variable")
		if name == "" || getenv(name) == "" {
			return nil, nil
		}
		return getenv(name), nil
	})
}

// withVariable adds to a flag's help the variable that stands in for it.
func withVariable(v *kong.Value) string {
	if name := v.Tag.Get("variable"); name != "" {
		return strings.TrimSuffix(v.Help, ".") + " ($" + name + ")."
	}
	return v.Help
}

// wrong is a setting that cannot be used, and what to do about it.
func wrong(format string, args ...any) error {
	return coded{exitUsage, fmt.Sprintf(format, args...)}
}
