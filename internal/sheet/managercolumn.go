package sheet

// managerNumbers finds a column of managers that holds the numbers of people in the list, whatever these look like.
func managerNumbers(rows []Row, guesses []columnGuess) {
	number, manager := -1, -1
	for i, g := range guesses {
		switch {
		case g.want == ExternalID && (number < 0 || g.Confidence > guesses[number].Confidence):
			number = i
		case g.want == ManagerName && g.Confidence < 1, g.want == NoField && parents[compact(g.Header)]:
			manager = i
		case g.want == ManagerID:
			return
		}
	}
	if number < 0 || manager < 0 {
		return
	}
	numbers, named, hits := map[string]bool{}, 0, 0
	for _, r := range rows {
		numbers[value(r.Cell(number))] = true
	}
	for _, r := range rows {
		if v := value(r.Cell(manager)); v != "" {
			if named++; numbers[v] {
				hits++
			}
		}
	}
	if hits*2 > named {
		guesses[manager].want, guesses[manager].Why = ManagerID, "its values are numbers of the list"
		guesses[manager].Confidence = max(guesses[manager].Confidence, 0.5)
	}
}

// parents head the column that says in charts of an organisation whom somebody stands below.
var parents = words("parent parentid parentno parentnode pid parentemployee parentposition superiorid superior leadid leaderid headid above")
