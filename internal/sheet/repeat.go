package sheet

import "strings"

// peopleSeen remembers the lines on which something stood first.
type peopleSeen struct {
	id, email map[string]int // place among the people by number; by address in lower case
	whole     map[PersonRow]int
}

// repeated reports a line that must not give a second person: the same
// number again, or without numbers the very same line again.
func (r *peopleReader) repeated(p PersonRow) bool {
	if p.ExternalID != "" {
		if at, ok := r.seen.id[p.ExternalID]; ok {
			return r.sameNumber(p, r.list.People[at])
		}
		r.seen.id[p.ExternalID] = len(r.list.People)
	} else {
		bare := p
		bare.Line = 0
		if line, ok := r.seen.whole[bare]; ok {
			r.list.problem("repeated", p.Line, NoField, true, "This line says the same as line %s; %s is taken once.", count(line), p.Name)
			r.list.Counts.Repeated++
			return true
		}
		r.seen.whole[bare] = p.Line
	}
	if p.Email != "" {
		key := strings.ToLower(p.Email)
		at, ok := r.seen.email[key]
		if !ok {
			r.seen.email[key] = len(r.list.People)
			return false
		}
		return r.sameAddress(p, r.list.People[at])
	}
	return false
}

// sameAddress takes whoever has the name and the address of somebody before for that person: lists of who to ask for what
// name people once for each of their parts. A shared address is remarked on.
func (r *peopleReader) sameAddress(p, first PersonRow) bool {
	a, _ := nameKey(p.Name)
	if b, _ := nameKey(first.Name); a == b && p.ExternalID == "" && first.ExternalID == "" {
		r.list.problem("repeated", p.Line, Email, true, "%s with the address %s stands on line %s already; this line is not taken.", p.Name, p.Email, count(first.Line))
		r.list.Counts.Repeated++
		return true
	}
	r.list.problem("same-email", p.Line, Email, false, "%s is also the address on line %s.", p.Email, count(first.Line))
	return false
}

func (r *peopleReader) sameNumber(p, first PersonRow) bool {
	a, _ := nameKey(p.Name)
	b, _ := nameKey(first.Name)
	if a == b {
		r.list.problem("repeated", p.Line, ExternalID, true, "Number %s and name %s stand on line %s already; this line is not taken.", p.ExternalID, p.Name, count(first.Line))
		r.list.Counts.Repeated++
		return true
	}
	r.list.problem("same-number", p.Line, ExternalID, true, "Number %s is %s here and %s on line %s; this line is not taken.", p.ExternalID, p.Name, first.Name, count(first.Line))
	return true
}

// totals begin a line below a list that counts it.
var totals = words("total totals subtotal grandtotal summe gesamt insgesamt totale totaal somme suma итого 合計 合计 총계")

// isTotal tells a line that counts others: "Total | 214", "Total employees: 214".
func (r Row) isTotal() bool {
	var filled []string
	for _, c := range r.Cells {
		if c = value(c); c != "" {
			filled = append(filled, c)
		}
	}
	if len(filled) == 0 || len(filled) > 2 {
		return false
	}
	first, all := tokens(filled[0]), strings.Join(filled, " ")
	return len(first) > 0 && (totals[first[0]] || totals[strings.Join(first[:min(len(first), 2)], "")]) && strings.ContainsAny(all, "0123456789") && !strings.Contains(all, "@")
}
