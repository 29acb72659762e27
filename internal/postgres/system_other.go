//go:build unix && !linux

package postgres

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent has no equivalent here: the next Start ends a server that outlived its owner.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}

// inspect is the name and the command line of a living process; a zombie is not one.
func inspect(pid int) (name, args string, alive bool) {
	out, err := exec.Command("ps", "-ww", "-o", "stat=,args=", "-p", strconv.Itoa(pid)).Output()
	stat, args, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err != nil || stat == "" || strings.HasPrefix(stat, "Z") {
		return "", "", false
	}
	args = strings.TrimSpace(args)
	program, _, _ := strings.Cut(args, " ")
	return filepath.Base(strings.TrimSuffix(program, ":")), args, true
}

// endStrays has nothing to go by here; sessions that outlived a killed server end at their next wait.
func endStrays(string) {}
