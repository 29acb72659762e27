package sheet

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// isPolicyText reports a document of text, not a table: Markdown with a
// heading that no list of policies stands in.
func isPolicyText(f File) bool {
	ext := strings.ToLower(path.Ext(f.Name))
	if ext == ".docx" {
		listings, err := policyLexicon.find(f.Name, f.Data, Limits{})
		return CodeOf(err) == Template || err == nil && !listings[0].holdsPolicies()
	}
	if isPlainPolicy(f) {
		return true
	}
	if !PolicyText(f.Name) || refuseKind(f.Name, f.Data) != nil {
		return false
	}
	listings, err := policyLexicon.find(strings.TrimSuffix(f.Name, ext)+".md", f.Data, Limits{})
	return err != nil || !listings[0].holdsPolicies() || listings[0].namesItself(f.Data) || saysPurpose(f.Data, len(listings[0].Rows))
}

// holdsPolicies reports a table that could be a list of policies: over its columns stand a title and something else, or a number
// and much else. A table of versions, or of words, has neither.
func (l Listing) holdsPolicies() bool {
	known, over := policyLexicon.byHeading(), map[Field]bool{}
	for _, heading := range l.Rows[0].Cells {
		f, _ := policyLexicon.guess(known, oneLine(heading))
		over[f] = true
	}
	return l.Score >= 5 && over[PolicyTitle] || l.Score >= 7 && over[PolicyNumber]
}

// saysPurpose reports a document with a heading for its purpose, of which a table is a small part: it names others, and is a
// policy itself.
func saysPurpose(data []byte, rows int) bool {
	text, err := decodeText(data)
	if err != nil {
		return false
	}
	purpose, lines, known := false, 0, policyLexicon.byHeading()
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
		if t := lineOf(0, strings.TrimSpace(line)); t.level > 1 {
			purpose = purpose || known[compact(numbered.ReplaceAllString(t.text, ""))] == PolicyWhy
		}
	}
	return purpose && rows*4 < lines
}

var (
	frontMatter = regexp.MustCompile(`(?s)^\s*---\r?\n(.*?)\r?\n---[ \t]*\r?\n`)
	// blankToFill is what a template leaves open, and nothing else: "[Date]", "{{owner}}", "<name>", "TBD".
	blankToFill = regexp.MustCompile(`(?i)^(?:\[[^\]]*\]|\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>@]*>|\$\{[^}]*\}|_{2,}|\.{3,}|tbd|tbc|todo|n/a)$`)
)

// blankWithin is one that stands in a text: "Bring it to [CISO_NAME]".
var blankWithin = regexp.MustCompile(`\{\{[^{}]+\}\}|(?:^|[^{$])(\{[a-z][a-z_]*\})(?:[^}]|$)|\[(?:TODO|TBD)[^\]]*\]|\[[A-Z]{2,}_[A-Z_]+\]|` +
	`\[(?i:your|insert|enter|company|organi[sz]ation|name|full name|to be)\b[^\]]*\]|\[[^\]]*\b(?:INSERT|TODO|TBD|YOUR)\b[^\]]*\]`)

// toFillIn reports such a blank, and a text with one in it.
func toFillIn(s string) bool {
	return blankToFill.MatchString(strings.TrimSpace(s)) || blankWithin.MatchString(s)
}

// wikiLink is how notebooks link to a page: "[[Jane Doe]]".
var wikiLink = regexp.MustCompile(`\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]`)

// titleBlock takes the title out of the lines that Pandoc reads before a document: "% Title", "% Author", "% Date".
func titleBlock(text string, given map[Field]string) (rest string) {
	rest = text
	for n := 0; n < 3; n++ {
		line, after, _ := strings.Cut(rest, "\n")
		says, ok := strings.CutPrefix(strings.TrimRight(line, " \r"), "% ")
		if !ok {
			break
		}
		if rest = after; n == 0 {
			given[PolicyTitle] = clean(says)
		}
	}
	return rest
}

// opening head what stands before the rules of a document or around them, and are no title of it.
var opening = folded("scope overview introduction audience applicability definitions background summary documentcontrol documentcontrolinformation documentinformation documentdetails documentmetadata policyinformation policydetails documenthistory revisionhistory versionhistory changehistory " +
	"geltungsbereich einleitung überblick änderungshistorie dokumentenhistorie adressaten begriffe alcance ámbito introducción definiciones historialdecambios " +
	"portée périmètre introduction objetetpérimètre historique ambito introduzione escopo âmbito introdução toepassingsgebied inleiding")

// opensPart reports a heading of a part rather than of a document.
func (s *policySections) opensPart(heading string) bool {
	text := numbered.ReplaceAllString(heading, "")
	f := s.known[compact(text)]
	return opening[compact(text)] || contentsHeads[compact(text)] || f == PolicyWhy || f == PolicyMeasure || f == PolicyStatement && saysPolicy(text)
}

// frontFields are the fields that the front matter of a document gives, and the text after it.
func frontFields(text string, known map[string]Field) (given map[Field]string, rest string) {
	given = map[Field]string{}
	text = inFront(titleBlock(text, given), known)
	m := frontMatter.FindStringSubmatch(text)
	if m == nil {
		return given, text
	}
	front := map[string]any{}
	if yaml.Unmarshal([]byte(m[1]), &front) != nil {
		looseFront(m[1], known, given)
		return given, text[len(m[0]):]
	}
	if front["draft"] == true {
		given[PolicyState] = "draft"
	}
	for k, v := range front {
		f, sure := policyLexicon.guess(known, k)
		if day, ok := v.(time.Time); ok {
			v = day.Format(time.DateOnly)
			if updatedWords[compact(k)] {
				f, sure = policyUpdated, 1
			}
			if !dayField(f) && f != policyUpdated {
				continue
			}
		}
		if sure == 0 || f == PolicyDriver && policyLexicon.weak[compact(k)] { // "source: drive" is where the text was taken from
			continue
		}
		switch v := v.(type) {
		case string:
			if v = wikiLink.ReplaceAllString(clean(v), "$1"); !toFillIn(v) {
				given[f] = v
			}
		case int, float64:
			given[f] = fmt.Sprint(v)
		case []any:
			var texts []string
			for _, each := range v {
				texts = append(texts, clean(fmt.Sprint(each)))
			}
			given[f] = strings.Join(texts, "; ")
		}
	}
	return given, text[len(m[0]):]
}

// textOf is the text of a document.
func textOf(f File) (string, error) {
	if strings.EqualFold(path.Ext(f.Name), ".docx") {
		return documentText(f.Name, f.Data, Limits{})
	}
	return decodeText(f.Data)
}

// shortened cuts a text to a length, at the end of a paragraph or line where
// there is one in its last tenth, and says how much is lost.
func shortened(s string, most int) (string, int) {
	n := utf8.RuneCountInString(s)
	if n <= most {
		return s, 0
	}
	cut := string([]rune(s)[:most])
	for _, end := range []string{"\n\n", "\n", " "} {
		if at := strings.LastIndex(cut, end); at > len(cut)*9/10 {
			cut = cut[:at]
			break
		}
	}
	return cut, n - utf8.RuneCountInString(cut)
}
