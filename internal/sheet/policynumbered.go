package sheet

import (
	"regexp"
	"strings"
)

// A register of policies in a document may have its policies further down, each below a heading that begins with its number:
// "### P-1 · Orders need two signatures — ADOPTED 2026-08-11".

var (
	// numberedPolicy is such a heading.
	numberedPolicy = regexp.MustCompile(`^([A-Z]{1,8}(?:[-.][A-Z]{1,8}){0,2}[-. ]?\d{1,4}(?:\.\d+)*)\s*[·:.–—-]\s*(\S.*)$`)
	// stateBehind is what stands of a policy's state behind its title.
	stateBehind = regexp.MustCompile(`^(\S.*?)\s+[—–-]\s+\(?((?i:adopted|approved|active|draft|proposed|retired|deprecated|superseded|rejected|in force|under review|pre-existing))\b[^—]*$`)
)

// policiesNumbered are the policies below such headings of one level in a document that is called a register or the like, and
// the headings of what else is in it.
func policiesNumbered(text string) (title string, parts, left []string) {
	given, text := frontFields(text, policyLexicon.byHeading())
	lines := strings.Split(marked(htmlComment.ReplaceAllString(text, "")), "\n")
	headings := partsOfLines(lines)
	if title = given[PolicyTitle]; title == "" && len(headings) > 0 {
		title = headings[0].text
	}
	if !titlesSeveral(title) {
		return "", nil, nil
	}
	level, seen := 0, map[string]bool{}
	for _, h := range headings {
		m := numberedPolicy.FindStringSubmatch(h.text)
		if m == nil || level > 0 && h.level != level {
			if h.prose && len(parts) > 0 && h.level <= level {
				left = append(left, h.text)
			}
			continue
		}
		if level = h.level; seen[m[1]] {
			return "", nil, nil
		}
		seen[m[1]] = true
		parts = append(parts, partNumbered(lines, headings, h, m[1], m[2]))
	}
	if len(parts) < 2 {
		return "", nil, nil
	}
	return title, parts, left
}

// partNumbered is such a policy as a document of its own, up to the next heading that is not below its own.
func partNumbered(lines []string, headings []headedPart, h headedPart, number, title string) string {
	state := ""
	if m := stateBehind.FindStringSubmatch(title); m != nil {
		title, state = m[1], "Status: "+m[2]+"\n"
	}
	end := len(lines)
	for _, next := range headings {
		if next.at > h.at && next.level <= h.level {
			end = next.at
			break
		}
	}
	body := strings.TrimRight(strings.Join(lines[h.at+1:end], "\n"), "-* \n")
	return "# " + title + "\n\nPolicy number: " + number + "\n" + state + "\n" + body + "\n"
}
