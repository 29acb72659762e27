package sheet

import (
	"regexp"
	"strings"
)

// A table of contents says no more than the headings below it, and a badge nothing of what holds: neither is part of what a policy
// says.

var (
	contentsHeads = folded("contents tableofcontents toc inhalt inhaltsverzeichnis inhaltsübersicht gliederung sommaire tabledesmatières índice contenido tabladecontenidos sumário conteúdo índicegeral sommario inhoud inhoudsopgave spistreści")
	// contentsMark stands where a program puts a table of contents.
	contentsMark = regexp.MustCompile(`^(?:\[\[?_?TOC_?\]?\]|\{:\s?toc\}|\.\. contents::.*|:toc(?:levels)?:|toc(?:levels)?: (?:left|right|auto|macro|preamble|\d))\s*$`)
	anchorLink   = regexp.MustCompile(`^(?:\d+(?:\.\d+)*[.)]?\s+)?[*_]{0,2}\[([^\[\]]+)\]\(#[^()]*(?:\([^()]*\)[^()]*)*\)[*_]{0,2}[.\s]*\d*$`)
	pageBehind   = regexp.MustCompile(`(?:\s*\.{2,}\s*|\s*…+\s*|\t+\s*|\s{2,})(?:Seite |page |p\. ?|S\. ?)?\d{1,3}$`)
	badge        = regexp.MustCompile(`\[!\[([^\[\]]*)\]\([^()]*\)\]\([^()]*\)`)
)

// freeContents is how many links to parts of the document a list has at least that is one of contents without a heading.
const freeContents = 3

// withoutContents is a text without its tables of contents and its badges, which are named among what is left out.
func (s *policySections) withoutContents(text string) string {
	lines := strings.Split(text, "\n")
	names := partNames(lines)
	var out []string
	fenced := false
	for i := 0; i < len(lines); {
		fenced = fenced != strings.HasPrefix(strings.TrimSpace(lines[i]), "```")
		switch {
		case fenced || strings.TrimSpace(lines[i]) == "":
			out = append(out, lines[i])
			i++
		case contentsMark.MatchString(lines[i]):
			for i++; i < len(lines) && strings.HasPrefix(lines[i], "   :"); i++ { // ":depth: 2"
			}
		default:
			if head, end := contentsAt(lines, i, names); end > i {
				s.left = append(s.left, head)
				i = end
				continue
			}
			if line, bare := s.withoutBadges(lines[i]); !bare {
				out = append(out, line)
			}
			i++
		}
	}
	return strings.Join(out, "\n")
}

// withoutBadges is a line without its badges; bare says that it had nothing else.
func (s *policySections) withoutBadges(line string) (rest string, bare bool) {
	found := badge.FindAllStringSubmatch(line, -1)
	for _, m := range found {
		if name := clean(m[1]); name != "" {
			s.left = append(s.left, name)
		}
	}
	rest = badge.ReplaceAllString(line, "")
	return rest, len(found) > 0 && strings.TrimSpace(rest) == ""
}

// partNames are the headings of a document, and its short lines that may be headings of plain text, with how often each stands there.
func partNames(lines []string) map[string]int {
	names := map[string]int{}
	for _, line := range lines {
		if name, _ := contentsEntry(line); name != "" && len(line) <= 120 {
			names[name]++
		}
	}
	return names
}

// contentsAt is the table of contents that begins at a line, as its heading and the line after it: entries that lead to parts of
// the document, have a page, or are what a part is called. What stands there besides is no part of it.
func contentsAt(lines []string, at int, names map[string]int) (head string, end int) {
	head = clean(strings.Trim(lineOf(0, lines[at]).text, "*_: "))
	headed := contentsHeads[compact(numbered.ReplaceAllString(head, ""))]
	from := at
	if headed {
		from++
	}
	all, sure, linked, seen := 0, 0, 0, map[string]bool{}
	for i := from; i < len(lines); i++ {
		line := lines[i]
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, kind := contentsEntry(line)
		again := seen[name] && kind == plainEntry // the first part itself
		entry := itemLine.MatchString(line) || kind != plainEntry || names[name] > 1
		if lineOf(0, line).level > 0 || again || !entry || !headed && kind != linkEntry {
			break
		}
		seen[name] = true
		all++
		if kind != plainEntry || names[name] > 1 {
			sure++
		}
		if kind == linkEntry {
			linked++
		}
		end = i + 1
	}
	switch {
	case headed && sure > 0 && sure*2 >= all:
		return head, end
	case !headed && linked >= freeContents:
		return "table of contents", end
	}
	return "", 0
}

// How an entry of a table of contents is told.
const (
	plainEntry = iota // by what it is called alone
	pageEntry
	linkEntry
)

// contentsEntry is what an entry is called, without its number, its page and its link.
func contentsEntry(line string) (name string, kind int) {
	t := strings.TrimSpace(line)
	if m := itemLine.FindStringSubmatch(line); m != nil {
		t = strings.TrimSpace(m[4])
	}
	if m := anchorLink.FindStringSubmatch(t); m != nil {
		t, kind = m[1], linkEntry
	} else if page := pageBehind.FindString(t); page != "" {
		t, kind = strings.TrimSuffix(t, page), pageEntry
	}
	return compact(numbered.ReplaceAllString(lineOf(0, t).text, "")), kind
}
