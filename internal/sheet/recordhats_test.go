package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Records say by their keys who has which role; the names are invented.
func TestHatsByKeysOfRecords(t *testing.T) {
	none := "There is no list of records in this file. A list has a record for each, with the same keys."
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"accounts only": {"OWNERS", "# who may approve\napprovers:\n  - idaroe\n  - oven-admins\nreviewers:\n- olesun\n\nemeritus_approvers:\n- benash # 2020-04-02\n",
			[]string{"idaroe, Approver, , ", "oven-admins, Approver, , ", "olesun, Reviewer, , ", "over benash, Approver, , "}},
		"groups with a role in their names": {"OWNERS_ALIASES", "aliases:\n  oven-maintainers:\n  - idaroe\n  sig-bread-leads:\n  - olesun\n  bakers:\n  - benash\n  - umafay\n",
			[]string{"idaroe, Maintainer, oven, ", "olesun, Lead, sig-bread, "}},
		"accounts of people in the same file": {"x.toml", "[maintainers]\n  [maintainers.core]\n  people = [\n    \"idaroe\",\n    \"ole-sun\",\n  ]\n[people]\n  [people.idaroe]\n  Name = \"Ida Roe\"\n  Email = \"ida@example.org\"\n  [people.ole-sun]\n  Name = \"Ole Sun\"\n",
			[]string{"Ida Roe, Maintainer, , ida@example.org", "Ole Sun, Maintainer, , "}},
		"a part and its lieutenant": {"x.toml", "[Org.Components.Ovens]\ntitle = \"Ovens\"\nlieutenant = \"idaroe\"\nmaintainers = [\"olesun\", \"umafay\"]\n[people.idaroe]\nname = \"Ida Roe\"\n",
			[]string{"Ida Roe, Lieutenant, Ovens, ", "olesun, Maintainer, Ovens, ", "umafay, Maintainer, Ovens, "}},
		"things of a catalogue": {"catalog-info.yaml", "kind: Component\nmetadata:\n  name: oven\n  title: The oven\nspec:\n  owner: user:default/ida.roe\n---\nkind: System\nmetadata:\n  name: bakery\nspec:\n  owner: bakers\n---\nkind: API\nmetadata:\n  name: doors\nspec:\n  type: openapi\n---\nkind: Group\nmetadata:\n  name: bakers\nspec:\n  type: team\n  members: [ida.roe]\n---\nkind: User\nmetadata:\n  name: ida.roe\nspec:\n  profile:\n    displayName: Ida Roe\n    email: ida@example.org\n",
			[]string{"Ida Roe, Owner, The oven, ida@example.org", "bakers, Owner, bakery, "}},
		"one thing of a catalogue": {"x.yml", "apiVersion: example.org/v1\nkind: Component\nmetadata:\n  name: oven\nspec:\n  owner: group:bakers\n", []string{"bakers, Owner, oven, "}},
		"members of bodies": {"x.json", `[{"name":"Board","email":"b@example.org","members":[{"name":"Ida Roe","title":"President","email":"ida@example.org"},{"name":"Ole Sun & Uma Fay","title":"Treasurers"}]},{"name":"Guild","members":[{"name":"Ben Ash","title":"Head"}]}]`,
			[]string{"Ida Roe, President, Board, ida@example.org", "Ole Sun, Treasurer, Board, ", "Uma Fay, Treasurer, Board, ", "Ben Ash, Head, Guild, "}},
		"accounts of teams": {"x.yaml", "teams:\n  ovens:\n    members:\n      - username: idaroe\n        role: maintainer\n      - username: olesun\n        role: member\n  doors:\n    members:\n      - username: umafay\n        role: maintainer\n",
			[]string{"idaroe, maintainer, ovens, ", "olesun, member, ovens, ", "umafay, maintainer, doors, "}},
		"roles of services":     {"x.json", `{"oven-service":{"team_name":"Ovens","oncall_engineer":"Ida Roe"},"door-service":{"team_name":"Doors","oncall_engineer":"Ole Sun"}}`, []string{"Ida Roe, oncall engineer, oven-service, ", "Ole Sun, oncall engineer, door-service, "}},
		"one word is no name":   {"x.yaml", "metadata:\n  name: oven\nspec:\n  owner: bakery\n  lead: 3\n", []string{none}},
		"settings of a program": {"x.yaml", "server:\n  owner: root\n  ports: [80, 443]\n  labels: [a, b]\n", []string{none}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What stands below a key that names no role is left out, and said.
func TestHatsByKeysSayWhatIsLeftOut(t *testing.T) {
	found, err := FindHats("OWNERS_ALIASES", []byte("aliases:\n  oven-maintainers: [idaroe, olesun]\n  bakers: [benash, umafay]\n"), Limits{})
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	for _, n := range found[0].Notes {
		if n.Text == "What stands below “bakers” names no role, and is left out." {
			return
		}
	}
	t.Errorf("%+v", found[0].Notes)
}
