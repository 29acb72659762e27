package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// cell reads the letters of an activity under a role, as drawn.
func (p *tab) cell(activity, role string) string {
	p.t.Helper()
	return run[string](p, `(() => {
		const row = [...document.querySelectorAll('tr[data-activity]')].find(r => r.querySelector('th').dataset.name === %s);
		const at = [...[...document.querySelector('table[data-grid]').tHead.rows].at(-1).cells].findIndex(h => h.dataset.name === %s);
		if (!row || at < 0) return 'no such cell';
		return [...row.cells[at].querySelectorAll('.g:not(.inh)')].map(g => g.textContent).join('') })()`, activity, role)
}

// stand clicks a cell: the focus is there afterwards.
func (p *tab) stand(activity, role string) {
	p.t.Helper()
	at := run[[]float64](p, `(() => {
		const row = [...document.querySelectorAll('tr[data-activity]')].find(r => r.querySelector('th').dataset.name === %s);
		const at = [...[...document.querySelector('table[data-grid]').tHead.rows].at(-1).cells].findIndex(h => h.dataset.name === %s);
		const e = row.cells[at]; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();
		return [r.x + r.width / 2, r.y + r.height / 2] })()`, activity, role)
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// saved waits until no cell is on its way to the server, nor about to be: what is set again goes after its dialog left.
func (p *tab) saved() {
	p.t.Helper()
	p.waits(`document.querySelector('[aria-busy], dialog:has(#conflict-h)') === null`)
}

// letters fails the test unless cells hold their letters after a reload.
func (p *tab) letters(want map[[2]string]string) {
	p.t.Helper()
	p.reload()
	for at, letters := range want {
		if got := p.cell(at[0], at[1]); got != letters {
			p.t.Errorf("%s under %s holds %q after a reload; want %q", at[0], at[1], got, letters)
		}
	}
}

// The grid is one stop for Tab: arrows lead from the letters to the headings of rows and columns, and Enter opens these. The
// slash searches from any of them.
func TestTheGridIsOneTabStop(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	stops := func() int {
		return run[int](p, `[...document.querySelectorAll('table[data-grid] :is(a, td, th)')].filter(e => e.tabIndex >= 0).length`)
	}
	at := func(want string) {
		t.Helper()
		if got := run[string](p, `document.activeElement.textContent.trim()`); got != want {
			t.Errorf("the focus is on %q, want %q", got, want)
		}
		if n := stops(); n != 1 {
			t.Errorf("%d stops for Tab in the grid", n)
		}
	}
	p.stand("Log", "Practice Owner")
	p.keys(kb.ArrowUp)
	at("Practice Owner")
	p.keys(kb.ArrowRight)
	at("Practice Manager")
	p.keys(kb.ArrowDown)
	p.keys("a")
	p.saved()
	at("A")
	p.keys(kb.ArrowLeft)
	p.keys(kb.ArrowLeft)
	at("1 Log")
	p.keys(kb.ArrowDown)
	at("2 Categorise")
	p.keys("/")
	p.waits(`document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'`)
	p.keys(kb.Escape)
	p.waits(`document.querySelector('dialog.palette[open]') === null`)
	at("2 Categorise")
	p.keys(kb.ArrowRight)
	p.keys("/")
	p.waits(`document.querySelector('dialog.palette[open]')`)
	p.keys(kb.Escape)
	p.waits(`document.querySelector('dialog.palette[open]') === null`)
	p.keys(kb.ArrowLeft)
	p.keys(kb.Enter)
	p.arrives("/raci/" + s.activity("Categorise"))
}

func TestGridByKeyboard(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	p.stand("Log", "Practitioner")
	p.keys("r")
	p.saved()
	p.keys(kb.ArrowDown)
	p.keys("R") // with Shift: beside what is there
	p.keys("C")
	p.saved()
	p.keys(kb.ArrowUp + kb.ArrowLeft)
	p.keys("a")
	p.saved()
	p.keys(kb.ArrowDown + "i" + kb.Delete)
	p.saved()
	p.letters(map[[2]string]string{{"Log", "Practitioner"}: "R", {"Categorise", "Practitioner"}: "RC", {"Log", "Practice Manager"}: "A", {"Categorise", "Practice Manager"}: ""})
	// A second A moves.
	p.stand("Log", "Practice Owner")
	p.keys("a")
	p.saved()
	p.letters(map[[2]string]string{{"Log", "Practice Owner"}: "A", {"Log", "Practice Manager"}: ""})
}

// with presses keys while another one is held down.
func (p *tab) with(held chromedp.Modifier, keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(held)))
}

// pastes gives the focus what a spreadsheet would have put into the clipboard.
func (p *tab) pastes(text string) {
	p.t.Helper()
	run[bool](p, `(() => { const data = new DataTransfer(); data.setData('text/plain', %s);
		return document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) })()`, text)
}

// copies is what the focus gives to the clipboard.
func (p *tab) copies() string {
	p.t.Helper()
	return run[string](p, `(() => { const data = new DataTransfer();
		document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
		return data.getData('text/plain') })()`)
}

// told waits until a toast says the words.
func (p *tab) told(words string) {
	p.t.Helper()
	p.waits(`document.getElementById('toasts').innerText.includes(%s)`, words)
}

// A block of cells is set, copied, pasted and taken back as in a spreadsheet, and is one change in the history.
func TestGridInBlocks(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	p.stand("Log", "Practice Manager")
	p.with(chromedp.ModifierShift, kb.ArrowDown)
	p.with(chromedp.ModifierShift, kb.ArrowRight)
	p.accessible("with a block of cells")
	p.keys("i")
	p.saved()
	p.with(chromedp.ModifierShift, "C") // beside what is there
	p.saved()
	if got := p.copies(); got != "C/I\tC/I\nC/I\tC/I\n" {
		t.Errorf("copied %q", got)
	}
	p.letters(map[[2]string]string{{"Log", "Practice Manager"}: "CI", {"Log", "Practitioner"}: "CI", {"Categorise", "Practice Manager"}: "CI", {"Categorise", "Practitioner"}: "CI", {"Log", "Practice Owner"}: ""})

	p.stand("Log", "Practice Owner")
	p.pastes("A\tr/i\t\r\n-\tA\tr\r\n")
	p.keys(kb.ArrowRight + "c") // while that is on its way: out of the block, on its last cell
	p.saved()
	p.letters(map[[2]string]string{{"Log", "Practice Owner"}: "A", {"Log", "Practice Manager"}: "RI", {"Log", "Practitioner"}: "", {"Categorise", "Practice Owner"}: "", {"Categorise", "Practice Manager"}: "A", {"Categorise", "Practitioner"}: "C"})

	p.stand("Log", "Practice Owner")
	for text, says := range map[string]string{
		"Activity\tOwner\nLog\tA": "“Activity” is not letters", "A\tA": "“Log” would have two A", "R\tR\tR\tR": "1 × 4 cells do not fit",
	} {
		p.pastes(text)
		p.told(says)
	}
	p.with(chromedp.ModifierShift, kb.ArrowRight)
	p.keys("a")
	p.told("A row has one A: choose a single column")
	p.keys(kb.Delete)
	p.saved()
	p.with(chromedp.ModifierCtrl, "z")
	p.saved()
	p.letters(map[[2]string]string{{"Log", "Practice Owner"}: "A", {"Log", "Practice Manager"}: "RI", {"Categorise", "Practice Manager"}: "A"})
	p.open("/processes/1/history")
	p.sees("set 4 cells of Log and Categorise in Handle an incident")
}

// A grid that is pasted with its headings is one to import: its preview is a click away, and nothing is changed before it.
func TestAGridIsPastedWithItsHeadings(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	p.stand("Log", "Practice Owner")
	p.pastes("Activity\tPractice Owner\tPractitioner\nLog\tA\tR\nSort\tA\tR\n")
	p.told("“Activity” is not letters. A grid with its headings is imported: you see first what would change.")
	p.click("Import it")
	p.sees("Pasted table", "Into Handle an incident of Incident management", "Nothing is changed yet.")
	p.open("/processes/1/raci")
	p.misses("Sort")
}

// Who pastes over rows that changed meanwhile is told which, and sees them as they stand.
func TestABlockOverARowThatChanged(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	mine, theirs := s.as(ingrid, true), s.as(ingrid, true)
	mine.open("/processes/1/raci")
	theirs.open("/processes/1/raci")
	theirs.stand("Log", "Practice Manager")
	theirs.keys("a")
	theirs.saved()
	mine.stand("Log", "Practitioner")
	mine.pastes("R\nR")
	mine.told("You changed “Log” elsewhere meanwhile")
	mine.saved()
	if got := mine.cell("Log", "Practice Manager") + mine.cell("Log", "Practitioner") + mine.cell("Categorise", "Practitioner"); got != "A" {
		t.Errorf("the rows are drawn as %s", got)
	}
	mine.stand("Log", "Practitioner")
	mine.pastes("R\nR")
	mine.saved()
	mine.letters(map[[2]string]string{{"Log", "Practice Manager"}: "A", {"Log", "Practitioner"}: "R", {"Categorise", "Practitioner"}: "R"})
}

func TestRowByForm(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/processes/1/raci/" + s.activity("Log"))
		p.tick("Practice Manager answers")
		p.tick("Practitioner does")
		p.tick("Practice Owner is told")
		p.fill("Note of Practitioner", "within ten minutes")
		p.press("Save the row")
		p.letters(map[[2]string]string{{"Log", "Practice Manager"}: "A", {"Log", "Practitioner"}: "R", {"Log", "Practice Owner"}: "I"})
		p.keeps("within ten minutes")
		// One A in a row: the other role takes it.
		p.open("/processes/1/raci/" + s.activity("Log"))
		p.tick("Practice Owner answers")
		p.press("Save the row")
		p.letters(map[[2]string]string{{"Log", "Practice Manager"}: "", {"Log", "Practice Owner"}: "AI"})
	})
}

// The next activity is typed below the matrix, and the one after it; what it lacks is said by its form.
func TestARowIsAddedBelowTheMatrix(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/processes/1/raci?region=1")
		for _, name := range []string{"Thank the caller", "Close the call"} {
			p.fill("Next activity", name)
			p.press("Add a row")
			p.sees(name+" was added as the last row.", "Undo", "No R")
		}
		if got := run[string](p, `[location.search, location.hash, document.activeElement.id].join(' ')`); got != "?region=1 #next-activity next-activity" {
			t.Errorf("afterwards it stands at %s", got)
		}
		p.press("Undo")
		p.gone("Close the call")
		p.sees("Thank the caller")
		p.press("Add a row")
		p.sees("Add an activity", "Give the activity a name.")
	})
}

// Two editors: another row never conflicts, the same row shows mine and theirs.
func TestTwoEditorsInForms(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		mine, theirs, other := s.as(ingrid, script), s.as(ingrid, script), s.as(ingrid, script)
		for p, activity := range map[*tab]string{mine: "Log", theirs: "Log", other: "Categorise"} {
			p.open("/processes/1/raci/" + s.activity(activity))
		}
		theirs.tick("Practice Manager answers")
		theirs.press("Save the row")
		other.tick("Practitioner does")
		other.press("Save the row")
		other.sees("Saved: the row of Categorise.")
		mine.tick("Practitioner does")
		mine.press("Save the row")
		mine.sees("You changed this row elsewhere", "What you typed", "What stands now")
		mine.press("Save the row")
		mine.letters(map[[2]string]string{{"Log", "Practitioner"}: "R", {"Categorise", "Practitioner"}: "R"})
	})
}

func TestTwoEditorsInTheGrid(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	mine, theirs := s.as(ingrid, true), s.as(ingrid, true)
	mine.open("/processes/1/raci")
	theirs.open("/processes/1/raci")
	theirs.stand("Log", "Practice Manager")
	theirs.keys("a")
	theirs.saved()
	mine.stand("Categorise", "Practitioner")
	mine.keys("r")
	mine.saved()
	mine.stand("Log", "Practitioner")
	mine.keys("r")
	mine.sees("You changed this row elsewhere", "Yours", "What stands now")
	mine.click("Set mine again")
	mine.gone("What stands now")
	mine.saved()
	mine.letters(map[[2]string]string{{"Log", "Practice Manager"}: "A", {"Log", "Practitioner"}: "R", {"Categorise", "Practitioner"}: "R"})
}

// A column that somebody took out meanwhile: a letter under another role is kept and stands where it was set, one under the role
// that is gone is not, and both times it is said.
func TestAColumnIsTakenOutUnderTheGrid(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	if err := s.db.RemoveColumn(t.Context(), storetest.Operator, 1, storetest.Value[int64](t, s.db, `SELECT id FROM role WHERE kind = 'owner' AND practice_id = (SELECT practice_id FROM process WHERE id = 1)`), store.Latest); err != nil {
		t.Fatal(err)
	}
	p.stand("Log", "Practitioner")
	p.keys("c")
	p.waits(`document.getElementById('toasts').innerText.startsWith('Saved. Somebody changed the columns of this matrix meanwhile')`)
	p.saved()
	if got := p.cell("Log", "Practitioner"); got != "C" {
		t.Errorf("%q stands where C was set", got)
	}
	p.stand("Log", "Practice Owner")
	p.keys("i")
	p.waits(`document.getElementById('toasts').innerText === 'Not saved: The role was taken out of this matrix meanwhile. Reload the page.'`)
	p.letters(map[[2]string]string{{"Log", "Practitioner"}: "C"})
}

// What is wrong with a row stands in one line beside it; the rest opens without script, and paper has all of it.
func TestRowsOfAMatrixStayLow(t *testing.T) {
	t.Parallel()
	p := serveDemo(t).as(cast(t, "SMO lead"), false)
	p.open("/processes/4/raci")
	tallest := `(() => Math.max(...[...document.querySelectorAll('.mx tbody tr')].map(r => r.offsetHeight)))()`
	rest := `(() => [...document.querySelectorAll('.mx .rest > .tag:not(summary)')].every(e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 0))()`
	if high := run[float64](p, tallest); high > 41 { // 40, and what a line is rounded to
		t.Errorf("a row is %v high", high)
	}
	if run[bool](p, rest) {
		t.Error("nothing is behind a number")
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	p.waits(rest)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"})
	p.click("+1 more")
	p.waits(rest)
}
