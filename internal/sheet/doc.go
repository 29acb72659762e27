// Package sheet reads what people bring: RACI grids and lists of people, out
// of the files they already have. It knows no HTTP and no SQL; every function
// is pure, so the page, the command line and the tests see the same reading.
//
// Reading goes through stages, and nothing is dropped on the way without
// being said. Of each stage the file to begin with stands first:
//
//	bytes     what kind of file it is, its encoding, its limits
//	          table.go; text.go, codepage.go, older.go; zip.go, office.go; error.go
//	tables    rows of text with the line a person finds them on ([Table])
//	          of text   csv.go, rejoined.go, delimiter.go, aligned.go, ldif.go, vcard.go
//	          of office programs   xlsx.go, xlsxsheet.go, xlsxhidden.go, xlsxcomment.go, docx.go, docxnote.go, runtext.go
//	          of markup   markdown.go, markdownheading.go, quoted.go, fenced.go, mermaid.go, mermaidlanes.go, wiki.go, mediawiki.go, linktext.go, asciidoc.go, simple.go, frameexport.go, directive.go, latex.go, latextext.go, html.go, htmlshown.go, htmlinside.go, frame.go
//	          of records   records.go, recordvalues.go, toml.go, recordshape.go, recordgroup.go, recordmatrix.go; recordtree.go of people
//	          lists of roles with letters   list.go, listfinder.go, listpart.go, assigned.go
//	legend    what the file says that letters and abbreviations mean ([Legend])
//	          legend.go, footnote.go, footnotetext.go
//	file      what the tables of a file say of each other, and comments of cells
//	          together.go, sheaf.go, commented.go
//	aside     legends beside a grid are taken out, grids beside each other are parted
//	          aside.go
//	layout    where a grid is, which row is its head, what each column is for
//	          find.go, silent.go, reclaim.go, classes.go, vocabulary.go, label.go, head.go, headrows.go
//	choices   where a person said otherwise: which way round, the head, columns, letters ([GridChoice])
//	          choice.go; kept.go, while the tables wait for that
//	cells     "R/A", "a, r", "C (if asked)" become a set of letters and a note ([Cell]); "Dev, QA" two names
//	          cell.go, cellnote.go, meaning.go, names.go
//	rows      activities, the headings they stand under, remarks ([GridActivity])
//	          read.go, rowkind.go, group.go, parts.go, counted.go, owncolumn.go
//	          letters along the top   letters.go, letterhead.go, variant.go, letterpeople.go, letterofeach.go, ticked.go
//	          other layouts   coded.go, steps.go, tickedrows.go, standing.go, within.go, lastletter.go, long.go
//	verdict   is it a RACI grid at all, and which way round ([Verdict]); whichever it is, it ends as activities with letters by role
//	          judge.go, exampled.go, otherletters.go, initials.go, period.go, party.go, beside.go, turn.go
//	problems  what a person has to decide, in sentences ([Problem])
//	          problem.go
//	staged    a grid, whose shape grid.go has, as a process takes it ([StagedGrid])
//	          plain.go
//
// A list of people takes the same first two stages, then
//
//	columns  headings.go, header.go, headless.go, namepair.go, grouped.go, column.go, columntold.go, contactcolumn.go, columnnames.go, managercolumn.go, sections.go  which column is which field, and which are left out ([Column])
//	values   name.go, patronymic.go, nametitle.go, besidename.go, bracketed.go, date.go, dateorder.go, looseday.go, accountstate.go  names, days, what counts as empty, whether an account is in use
//	people   people.go, nobody.go, entrykind.go, shifted.go, listed.go, repeat.go, onename.go, manager.go, mailboxes.go  rows, problems line by line, who reports to whom ([PersonRow])
//	doubts   otherlist.go  whether it is a list of something else
//
// Lists of who wears which hat, and of policies, take the same stages with a lexicon of their own: what a column holds is told by
// its heading, else by what its values name.
//
//	columns   lexicon.go, lexiconvalues.go, listreader.go, listfound.go, onelist.go
//	hats      hats.go, hatsof.go, pivot.go, rolecolumns.go, bodymembers.go, accountcolumn.go, standins.go, severalholders.go, officer.go, headedrole.go, roleexplained.go, gridletters.go  tables
//	days      terms.go, termyears.go, yearsbehind.go, rota.go, rotaturns.go  since when and until when, in turns
//	lines     hatlines.go, hatentry.go, linepairs.go, personline.go, namedrole.go, labelled.go, labelledholder.go, labelsinline.go, listedmember.go, officerline.go, appointed.go  texts, line by line
//	blocks    hatblock.go, namecards.go, roleheading.go, listedpart.go, officehats.go, besidetext.go  texts by what stands above or below
//	records   recordhats.go, recordmembers.go, entityhats.go, componenthats.go, codeowners.go  files for programs
//	policies  policies.go, policystate.go, policytitles.go, otherpolicies.go, interval.go  tables
//	texts     policytext.go, policyparts.go, policynumbered.go, policyheaded.go, markedheading.go, policyplain.go, policyfront.go, policycontents.go, policycontrol.go, policymeta.go, policyfact.go, policyrecord.go, policyreview.go, docxtext.go, prose.go  a document is a policy, or holds several
//
// What is written back goes through write.go (a matrix) and stream.go (a list
// of any length, row by row).
//
// A new file format is a function that yields tables, named in readerOf. A new
// orientation is a function beside the others in readGrid that yields the same
// [Grid].
//
// A refusal is an [*Error]: a code for programs and one sentence that says
// what to do.
package sheet
