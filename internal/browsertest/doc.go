// Package browsertest holds no code of the product: its tests walk the journeys of people in Chromium, on the real
// server over a real PostgreSQL, with script and without.
package browsertest
