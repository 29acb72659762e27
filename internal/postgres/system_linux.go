package postgres

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// dieWithParent has the kernel send sig when the thread that starts the process ends.
func dieWithParent(a *syscall.SysProcAttr, sig syscall.Signal) { a.Pdeathsig = sig }

// inspect is the name and the command line of a living process; a zombie is not one.
func inspect(pid int) (name, args string, alive bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	open, end := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if err != nil || open < 0 || end+2 >= len(stat) || stat[end+2] == 'Z' || stat[end+2] == 'X' {
		return "", "", false
	}
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(stat[open+1 : end]), string(bytes.ReplaceAll(line, []byte{0}, []byte{' '})), true
}

// endStrays ends sessions that outlived a killed server on data: a new one cannot start while they hold its memory, and
// a session in the middle of a long computation does not notice by itself. Each has the data as its working directory.
func endStrays(data string) {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if cwd, err := os.Readlink(link); err != nil || cwd != data {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if name, _, alive := inspect(pid); alive && name == "postgres" {
			_ = syscall.Kill(pid, syscall.SIGQUIT)
		}
	}
}
