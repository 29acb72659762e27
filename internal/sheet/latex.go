package sheet

import (
	"html"
	"iter"
	"regexp"
	"strconv"
	"strings"
)

// readLaTeX finds the tables of a LaTeX document: "&" parts their cells, "\\" ends their rows. What it says is read as a page.
func readLaTeX(data []byte, limits Limits) ([]Table, error) {
	if len(data) > texMost {
		return nil, refuse(TooLarge, "This LaTeX text has %s; at most %s are read. Bring the part of it that holds the table.", megabytes(int64(len(data))), megabytes(texMost))
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if err := tooManyLines(text, limits.Rows, "lines", limits.Rows); err != nil {
		return nil, err
	}
	text = texComment.ReplaceAllString(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "$1")
	p := htmlReader{limits: limits, line: 1}
	if err := p.read(texPage(texFootnotes(text))); err != nil {
		return nil, err
	}
	return withText(withHeads(p.tables), p.text, "LaTeX text"), nil
}

// texMost is more than anybody types; a thesis has a fifth of it.
const texMost = 2 << 20

// looksLikeLaTeX tells a text by a table of it.
func looksLikeLaTeX(data []byte) bool { return texTable.Match(data[:min(len(data), sample)]) }

const texTables = `(?:tabular\*?|tabularx|tabulary|longtable|longtblr|tblr|xltabular|supertabular|xtabular)`

var (
	texComment  = regexp.MustCompile(`(?m)(^|[^\\])%.*$`)
	texTable    = regexp.MustCompile(`\\begin\{` + texTables + `\}`)
	texEdge     = regexp.MustCompile(`\\(begin|end)\{` + texTables + `\}`)
	texHeading  = regexp.MustCompile(`^\s*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]]*\])?(\{.*\})`)
	texItem     = regexp.MustCompile(`^\s*\\item\b`)
	texFootnote = regexp.MustCompile(`\\(?:table)?footnote(?:\[[^\]]*\])?\{`)
	texCaption  = regexp.MustCompile(`\\caption\*?(?:\[[^\]]*\])?\{`)
	texHeads    = regexp.MustCompile(`(?s)\\endfirsthead.*?\\endhead`)         // again on the next page
	texFeet     = regexp.MustCompile(`(?s)\\endhead(?:.*\\end(?:last)?foot)?`) // at the end of each
	texLevels   = map[string]string{"part": "h1", "chapter": "h1", "section": "h2", "subsection": "h3", "subsubsection": "h4", "paragraph": "h5"}
)

// texPage is a document as a page.
func texPage(text string) string {
	var page strings.Builder
	for text != "" {
		at := texTable.FindStringIndex(text)
		if at == nil {
			break
		}
		body, rest := texBody(text[at[1]:])
		texAround(&page, text[:at[0]])
		page.WriteString("<table>")
		texName(&page, text[:at[0]], body, rest)
		texRows(&page, body)
		page.WriteString("</table>\n")
		text = rest
	}
	texAround(&page, text)
	return page.String()
}

// texFootnotes puts the footnotes of a text at its end, and marks where they stood.
func texFootnotes(text string) string {
	var out, notes strings.Builder
	for n := 1; ; n++ {
		at := texFootnote.FindStringIndex(text)
		if at == nil {
			return out.String() + text + notes.String()
		}
		mark, end := "[^"+ownMark+"footnote"+strconv.Itoa(n)+"]", max(texGroup(text[at[1]-1:]), 1)
		out.WriteString(strings.TrimRight(text[:at[0]], " ") + mark)
		notes.WriteString("\n\n" + mark + ": " + strings.ReplaceAll(text[at[1]-1:at[1]-1+end], "\n", " "))
		text = text[at[1]-1+end:]
	}
}

// texAround writes the lines outside tables.
func texAround(page *strings.Builder, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		element := "p"
		if m := texHeading.FindStringSubmatch(line); m != nil {
			element, line = texLevels[m[1]], m[2]
		} else if texItem.MatchString(line) {
			element = "li"
		}
		if line = texCell(texWithout(line, texCaption)); line != "" {
			page.WriteString("<" + element + ">" + line + "</" + element + ">\n")
		}
	}
}

// texName writes the caption of a table, which stands in it, or before or behind it in what holds both.
func texName(page *strings.Builder, before, body, behind string) {
	if at := strings.LastIndex(before, `\begin{table`); at >= 0 && !strings.Contains(before[at:], `\end{table`) {
		behind, _, _ = strings.Cut(behind[:min(len(behind), texGroupMost)], `\end{table`)
		body = before[at:] + "\n" + body + "\n" + behind
	}
	if at := texCaption.FindStringIndex(body); at != nil {
		if end := texGroup(body[at[1]-1:]); end > 0 {
			page.WriteString("<caption>" + texCell(body[at[1]-1:at[1]-1+end]) + "</caption>")
		}
	}
}

// texWithout leaves out a command whose argument opens at the end of the match.
func texWithout(s string, command *regexp.Regexp) string {
	var out strings.Builder
	for {
		at := command.FindStringIndex(s)
		if at == nil {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:at[0]])
		s = s[at[1]-1+max(texGroup(s[at[1]-1:]), 1):]
	}
}

// texBody cuts a text where the table that was opened before it is closed.
func texBody(text string) (body, rest string) {
	depth := 1
	for from := 0; ; {
		m := texEdge.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return text, ""
		}
		if text[from+m[2]:from+m[3]] == "begin" {
			depth++
		} else if depth--; depth == 0 {
			return text[:from+m[0]], text[from+m[1]:]
		}
		from += m[1]
	}
}

// texGroupMost bounds how far the end of a group is looked for.
const texGroupMost = 1_000

// texGroup is the length of the group in brackets of either kind that begins a text; 0 where none does.
func texGroup(s string) int {
	if s == "" || s[0] != '{' && s[0] != '[' {
		return 0
	}
	depth := 0
	for i := 0; i < min(len(s), texGroupMost); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// texArguments takes the groups from the beginning of a text, up to so many in braces; those in square brackets are options.
func texArguments(s string, most int) (args []string, rest string) {
	for {
		rest = strings.TrimLeft(s, " \t\n")
		end := texGroup(rest)
		if end == 0 || rest[0] == '{' && len(args) == most {
			return args, s
		}
		if rest[0] == '{' {
			args = append(args, rest[1:end-1])
		}
		s = rest[end:]
	}
}

// texRows writes the rows of a table.
func texRows(page *strings.Builder, body string) {
	_, body = texArguments(body, 3) // what it says of its columns
	body = texFeet.ReplaceAllString(texHeads.ReplaceAllLiteralString(texWithout(body, texCaption), `\endhead`), "")
	covered := map[int]int{} // by column: rows below that a cell above reaches into
	for row := range texSplit(body) {
		page.WriteString("<tr>")
		column := 0
		for _, cell := range row {
			across, down := 1, 1
			cell, across = texSpan(cell, `\multicolumn`, 3)
			cell, down = texSpan(cell, `\multirow`, 3)
			text := texCell(cell)
			if covered[column]--; covered[column] < 0 || text != "" {
				covered[column] = down - 1
				page.WriteString("<td" + texCovers("colspan", across) + texCovers("rowspan", down) + ">" + text)
			}
			column += across
		}
		page.WriteString("</tr>\n")
	}
}

func texCovers(attribute string, n int) string {
	if n == 1 {
		return ""
	}
	return " " + attribute + "=" + strconv.Itoa(n)
}

// texSpan takes the text out of a cell that covers others, and says how many.
func texSpan(cell, command string, args int) (string, int) {
	before, call, ok := strings.Cut(cell, command)
	if !ok {
		return cell, 1
	}
	given, rest := texArguments(call, args)
	if len(given) < args {
		return cell, 1
	}
	n, err := strconv.Atoi(strings.TrimSpace(given[0]))
	if err != nil || n < 1 {
		n = 1
	}
	return before + given[args-1] + rest, min(n, gridRows)
}

// texSplit parts the rows of a table into cells; what stands in braces or in a table within is of one cell.
func texSplit(body string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for more := true; more; {
			var row []string
			row, body, more = texRow(body)
			if !yield(row) {
				return
			}
		}
	}
}

// texColumns is more than are read: such a row is refused, and need not be kept.
const texColumns = 2_000

// texRow cuts the first row off.
func texRow(body string) (row []string, rest string, more bool) {
	depth, from := 0, 0
	for i := 0; i < len(body); i++ {
		switch at := body[i:]; {
		case strings.HasPrefix(at, `\begin{`):
			depth++
			i += len(`\begin`) + max(texGroup(at[len(`\begin`):]), 1) - 1
		case strings.HasPrefix(at, `\end{`):
			depth--
			i += len(`\end`) + max(texGroup(at[len(`\end`):]), 1) - 1
		case depth <= 0 && (strings.HasPrefix(at, `\\`) || strings.HasPrefix(at, `\tabularnewline`)):
			rest = strings.TrimPrefix(strings.TrimPrefix(at[2:], "abularnewline"), "*")
			if end := texGroup(rest); end > 0 && rest[0] == '[' { // how far down the next row is
				rest = rest[end:]
			}
			return append(row, body[from:i]), rest, true
		case body[i] == '\\':
			i++
		case body[i] == '{':
			depth++
		case body[i] == '}':
			depth--
		case body[i] == '&' && depth <= 0:
			if len(row) < texColumns {
				row = append(row, body[from:i])
			}
			from = i + 1
		}
	}
	return append(row, body[from:]), "", false
}

// texCell is the text of a cell as HTML.
func texCell(s string) string {
	return strings.ReplaceAll(html.EscapeString(tidy(texText(s))), "\n", "<br>")
}
