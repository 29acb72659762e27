package server

import "sync"

// heapFloor is room that the collector counts as in use and that nobody ever touches, so that it takes no memory. A server
// keeps little, and throws away what it made a page of: without a floor the collector ran every few dozen pages, for a tenth
// of their time. What it leaves lying because of the floor is less than that once more.
const heapFloor = 32 << 20

var raised = sync.OnceValue(func() []byte { return make([]byte, heapFloor) })

// RaiseHeap raises the floor of the process's heap, once: for programs that serve pages.
func RaiseHeap() { raised() }
