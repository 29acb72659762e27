package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// peopleRead are the people of a file, a line each.
func peopleRead(t *testing.T, file, text string) (out []string) {
	t.Helper()
	list, err := ReadPeople(file, []byte(text), PeopleOptions{})
	if err != nil {
		return []string{err.Error()}
	}
	for _, p := range list.People {
		out = append(out, p.Name+", "+p.Title+", "+p.Department+", "+p.Email+", "+p.ManagerName)
	}
	return out
}

// People come in cards, in lines of mails and texts, and in trees below a key.
func TestPeopleOfAddressBooksAndTexts(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"cards": {"x.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Roe;Ida;;Dr.;\r\nFN:Ida Roe\r\nORG:Mill\\; Sons;IT\r\nTITLE:Head of the\r\n  mill\r\nitem1.EMAIL;TYPE=WORK:ida@example.org\r\nEMAIL:home@example.org\r\nBDAY:1970-01-01\r\nEND:VCARD\r\n" +
			"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8n;Ole\nTITLE:Baker\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:All bakers\nEND:VCARD\n",
			[]string{"Dr. Ida Roe, Head of the mill, IT, ida@example.org, ", "Ole Søn, Baker, , , "}},
		"receivers of a mail":          {"x.txt", "To: Ida Roe <ida@example.org>; \"Sun, Ole\" <ole@example.org>\n", []string{"Ida Roe, , , ida@example.org, ", "Ole Sun, , , ole@example.org, "}},
		"a list in bold":               {"x.md", "## Team\n\n- **Ida Roe** — Head of the mill (ida@example.org)\n- **Ole Sun**: Baker\n* Uma Fay, Seller, uma@example.org\n", []string{"Ida Roe, Head of the mill, , ida@example.org, ", "Ole Sun, Baker, , , ", "Uma Fay, Seller, , uma@example.org, "}},
		"a tree below a key":           {"x.yaml", "team:\n  - name: Ida Roe\n    title: Head\n    reports:\n      - name: Ole Sun\n        title: Baker\n", []string{"Ida Roe, Head, , , ", "Ole Sun, Baker, , , Ida Roe"}},
		"addresses under another word": {"x.csv", "Name,Job title,Reach\nIda Roe,Head,ida@example.org\nOle Sun,Baker,ole@example.org\n", []string{"Ida Roe, Head, , ida@example.org, ", "Ole Sun, Baker, , ole@example.org, "}},
	} {
		if diff := cmp.Diff(tt.want, peopleRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Cards of departments are no people, in whichever language they are called so.
func TestCardsOfDepartments(t *testing.T) {
	list, err := ReadPeople("x.vcf", []byte("BEGIN:VCARD\nVERSION:3.0\nFN:قسم الأفران\nEMAIL:ovens@example.org\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:قسم الأبواب\nEMAIL:doors@example.org\nEND:VCARD\n"), PeopleOptions{})
	if err != nil || list.Doubt() == "" {
		t.Errorf("%v, %+v", err, list.Problems)
	}
}
