package sheet

import (
	"regexp"
	"strings"
)

// A register of policies in a document may have its policies further down, each below a heading that begins with its number:
// "### P-1 · Orders need two signatures — ADOPTED 2026-08-11". Any document may count them, "Policy 2: Ovens", and say of each
// whose it is.

var (
	// numberedPolicy is such a heading.
	numberedPolicy = regexp.MustCompile(`^([A-Z]{1,8}(?:[-.][A-Z]{1,8}){0,2}[-. ]?\d{1,4}(?:\.\d+)*)\s*[·:.–—-]\s*(\S.*)$`)
	// countedPolicy is a heading that counts a policy; what it counts is no number of one.
	countedPolicy = regexp.MustCompile(`(?i)^(?:policy|richtlinie|leitlinie|politique|pol[ií]tica|beleid)\s+(?:(?:no|nr)\.?\s*|n[º°]\s*|#)?\d{1,3}\s*[:.–—-]\s+(\S.*)$`)
	// stateBehind is what stands of a policy's state behind its title.
	stateBehind = regexp.MustCompile(`^(\S.*?)\s+[—–-]\s+\(?((?i:adopted|approved|active|draft|proposed|retired|deprecated|superseded|rejected|in force|under review|pre-existing))\b[^—]*$`)
)

// policiesNumbered are the policies below such headings of one level in a document that is called a register or the like, or
// counts them, and the headings of what else is in it.
func policiesNumbered(text string) (title string, parts, left []string) {
	given, text := frontFields(text, policyLexicon.byHeading())
	lines := strings.Split(marked(htmlComment.ReplaceAllString(text, "")), "\n")
	headings := partsOfLines(lines)
	if title = given[PolicyTitle]; title == "" && len(headings) > 0 {
		title = headings[0].text
	}
	number := numberedTitle
	if !titlesSeveral(title) {
		number = titleCounted
	}
	level, seen, owned := 0, map[string]bool{}, 0
	for _, h := range headings {
		no, called, ok := number(h.text)
		if !ok || level > 0 && h.level != level {
			continue
		}
		if level = h.level; seen[no+called] {
			return "", nil, nil
		}
		seen[no+called] = true
		part := partNumbered(lines, headings, h, no, called)
		if d := policyText("", part); d.owner+d.version+d.interval+d.body+d.state != "" {
			owned++
		}
		parts = append(parts, part)
	}
	if len(parts) < 2 || !titlesSeveral(title) && owned*2 <= len(parts) {
		return "", nil, nil
	}
	other := ""
	for _, h := range headings[1:] {
		if _, _, ok := number(h.text); h.level <= level {
			if other = h.text; ok {
				other = ""
			}
		}
		if h.prose && other != "" {
			left, other = append(left, other), ""
		}
	}
	return title, parts, left
}

// numberedTitle is the number and the title that such a heading of a register says.
func numberedTitle(heading string) (number, title string, ok bool) {
	if m := numberedPolicy.FindStringSubmatch(heading); m != nil {
		return m[1], m[2], true
	}
	return titleCounted(heading)
}

// titleCounted is the title of a policy that a heading counts.
func titleCounted(heading string) (number, title string, ok bool) {
	m := countedPolicy.FindStringSubmatch(heading)
	if m == nil {
		return "", "", false
	}
	return "", m[1], true
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
	if number != "" {
		number = "Policy number: " + number + "\n"
	}
	return "# " + title + "\n\n" + number + state + "\n" + body + "\n"
}
