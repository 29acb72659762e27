package sheet

import (
	"math"
	"strings"
)

// sample is how much of a text is looked at to guess its delimiter.
const sample = 64 << 10

// sepLine reads the line "sep=;" that Excel writes and understands.
func sepLine(text string) (delim byte, rest string, ok bool) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 {
		return 0, "", false
	}
	first := strings.Trim(text[:end], `" `)
	if len(first) < 5 || !strings.EqualFold(first[:4], "sep=") || len(first) > 5 || first[4] >= 0x80 {
		return 0, "", false
	}
	rest = text[end:]
	if strings.HasPrefix(rest, "\r\n") {
		return first[4], rest[2:], true
	}
	return first[4], rest[1:], true
}

// delimiters are what people choose, rareDelimiters what programs do so that no text has them; the latter draw lines, too.
var delimiters, rareDelimiters = []byte{',', ';', '\t', '|'}, []byte{'^', '~'}

// guessDelimiter tries each delimiter on the beginning of the text and takes
// the one with which most rows have the same, larger number of cells.
func guessDelimiter(text, ext string) byte {
	if len(text) > sample {
		text = text[:sample]
		if cut := strings.LastIndexAny(text, "\r\n"); cut > 0 {
			text = text[:cut]
		}
	}
	best, bestScore := byte(','), 0.0
	for _, delim := range delimiters {
		score := evenness(text, delim)
		if delim == '\t' && (ext == ".tsv" || ext == ".tab") {
			score *= 2
		}
		if score > bestScore {
			best, bestScore = delim, score
		}
	}
	for _, delim := range rareDelimiters {
		if score := evenness(text, delim); score > max(bestScore, 1.5) {
			best, bestScore = delim, score
		}
	}
	return best
}

// alignedOnly reads a text that no delimiter cuts into several cells in most of its lines, if its columns are aligned.
func alignedOnly(text string, limits Limits) (Table, bool) {
	if len(text) > sample {
		return Table{}, false
	}
	for _, delim := range delimiters {
		if evenness(text, delim) > 1 {
			return Table{}, false
		}
	}
	return aligned(text, limits)
}

// evenness is the share of rows that have the commonest number of cells,
// weighed by that number; 0 where the delimiter cuts nothing.
func evenness(text string, delim byte) float64 {
	p := csvParser{text: text, delim: delim, quote: '"', line: 1, limits: DefaultLimits}
	widths, rows, first := map[int]int{}, 0, 0
	for rows < 200 {
		row, ok := p.next()
		if !ok {
			break
		}
		width := len(row.Cells)
		if width == 1 && clean(row.Cells[0]) == "" {
			continue
		}
		if rows == 0 {
			first = width
		}
		rows++
		widths[width]++
	}
	mode := 1
	for width, n := range widths {
		if width > 1 && (mode == 1 || n > widths[mode] || n == widths[mode] && width > mode) {
			mode = width
		}
	}
	if mode == 1 {
		return 0
	}
	score := float64(widths[mode]) / float64(rows) * (1 + math.Log2(float64(mode)))
	if first == mode {
		score *= 1.2
	}
	return score
}

// quotesSingly reports a text of which nearly every cell stands between apostrophes.
func (p csvParser) quotesSingly() bool {
	cells, quoted := 0, 0
	for range 200 {
		row, ok := p.next()
		if !ok {
			break
		}
		for _, cell := range row.Cells {
			if s := strings.TrimSpace(cell); s != "" {
				cells++
				if s[0] == '\'' || s[len(s)-1] == '\'' { // it may be cut within
					quoted++
				}
			}
		}
	}
	return quoted*4 > cells*3
}
