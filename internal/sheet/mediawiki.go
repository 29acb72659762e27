package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// wikiSpan is how many columns or rows a cell of MediaWiki takes: "rowspan=2".
var wikiSpan = regexp.MustCompile(`(?i)\b(row|col)span\s*=\s*["']?(\d{1,3})`)

// mediaWiki reads from "{|" to "|}": a cell a line, or several between double bars. What reaches down over several rows stands in
// each of them.
func (w *wiki) mediaWiki() {
	var cells []asciiCell
	first, spans := w.at, map[int]asciiCell{}
	flush := func() {
		if len(cells) > 0 {
			w.out[first] = barRow(spread(cells, spans))
		}
		cells = nil
	}
	for w.at++; w.at < len(w.lines); w.at++ {
		line := strings.TrimSpace(w.lines[w.at])
		switch {
		case strings.HasPrefix(line, "|}"):
			flush()
			w.at++
			return
		case strings.HasPrefix(line, "|+"):
			title := line[2:]
			if style, text, ok := strings.Cut(title, "|"); ok && strings.Contains(style, "=") {
				title = text
			}
			w.out[w.at] = "# " + strings.TrimSpace(title)
		case strings.HasPrefix(line, "|-"):
			flush()
		case strings.HasPrefix(line, "|"), strings.HasPrefix(line, "!"):
			if len(cells) == 0 {
				first = w.at
			}
			for cell := range strings.SplitSeq(strings.ReplaceAll(line[1:], "!!", "||"), "||") {
				cells = append(cells, mediaWikiCell(cell))
			}
		case len(cells) > 0 && line != "":
			cells[len(cells)-1].text += " " + line
		}
	}
	flush()
}

// mediaWikiCell is a cell without its style, which says how far it reaches, and without marks of bold and italic.
func mediaWikiCell(cell string) asciiCell {
	c := asciiCell{text: cell, cols: 1, rows: 1}
	if style, text, ok := strings.Cut(cell, "|"); ok && strings.Contains(style, "=") && !strings.Contains(style, "[[") {
		c.text = text
		for _, m := range wikiSpan.FindAllStringSubmatch(style, -1) {
			n, _ := strconv.Atoi(m[2])
			if n = min(max(n, 1), 200); strings.EqualFold(m[1], "row") {
				c.rows = n
			} else {
				c.cols = n
			}
		}
	}
	c.text = strings.ReplaceAll(strings.ReplaceAll(c.text, "'''", ""), "''", "")
	return c
}
