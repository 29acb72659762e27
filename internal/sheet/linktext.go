package sheet

import (
	"regexp"
	"strings"
)

// Links of other markup than Markdown's own. A reader sees their texts.
var (
	// wikiOutside leads out of a wiki: "[mailto:ann@example.org Ann]".
	wikiOutside = regexp.MustCompile(`\[(?:mailto:|https?://)[^\s\[\]]+\s+([^\[\]]+)\]`)
	// rstLink is one of reStructuredText, whose target may stand elsewhere: "`Ann <mailto:ann@example.org>`_", "`Ann`_".
	rstLink = regexp.MustCompile("`([^`<]+?)\\s*(?:<[^`<>]*>)?`__?(?:[^\\w]|$)")
	// asciiLink is one of AsciiDoc: "link:ann.html[Ann]", "mailto:ann@example.org[Ann]", "<<ann,Ann>>".
	asciiLink = regexp.MustCompile(`(?:link:|xref:|mailto:|https?://)[^\s\[\]()|]+\[([^\[\]^]+)\]`)
	asciiRef  = regexp.MustCompile(`<<[^<>,]+,\s*([^<>]+)>>`)
	// jiraLink is one of Jira and Confluence: "[Ann|mailto:ann@example.org]", and jiraUser somebody there: "[~ann.bo]".
	jiraLink = regexp.MustCompile(`\[([^\[\]|]+)\|[^\[\]|\s]+\]`)
	jiraUser = regexp.MustCompile(`\[~([\w.@-]+)\]`)
)

// linkTexts is a text with such links as they are seen.
func linkTexts(s string) string {
	if strings.Contains(s, "`_") {
		s = rstLink.ReplaceAllStringFunc(s, func(link string) string {
			m := rstLink.FindStringSubmatch(link)
			return m[1] + link[strings.LastIndexByte(link, '_')+1:]
		})
	}
	if !strings.ContainsAny(s, "[<:") {
		return s
	}
	s = inlineRole.ReplaceAllString(wikiLinks(s), "$1")
	for _, link := range []*regexp.Regexp{wikiOutside, asciiLink, asciiRef, jiraLink, jiraUser} {
		s = link.ReplaceAllString(s, "$1")
	}
	return s
}
