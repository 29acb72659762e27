package server

import (
	"runtime/debug"
	"sync"
)

// From this size on, in bytes, a file may cost many times as much memory as it has.
const largeFile = 128 << 10

var oneLarge sync.Mutex

// gently does what reads or keeps files of a size. Large ones are taken one at a time, and memory is collected early
// meanwhile and given back before and after: what others do at once is not slowed by whatever somebody brings.
func gently(size int, do func() error) error {
	if size < largeFile {
		return do()
	}
	oneLarge.Lock()
	defer oneLarge.Unlock()
	debug.FreeOSMemory()
	defer debug.FreeOSMemory()
	before := debug.SetGCPercent(10)
	defer debug.SetGCPercent(before)
	return do()
}

// sizeOf is what files have together.
func sizeOf(files []upFile) (n int) {
	for _, f := range files {
		n += len(f.Data)
	}
	return n
}
