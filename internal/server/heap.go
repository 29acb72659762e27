package server

import "sync"

// heapFloor is room that the collector counts as in use and that nobody ever touches, so that it takes no memory. A server
// keeps little, and makes a third of a megabyte for a page: without a floor the collector ran every dozen pages, for an
// eighth of their time. What the collector leaves lying because of it is less than the floor once more.
const heapFloor = 32 << 20

var raised = sync.OnceValue(func() []byte { return make([]byte, heapFloor) })

// RaiseHeap raises the floor of the process's heap, once: for programs that serve pages.
func RaiseHeap() { raised() }
