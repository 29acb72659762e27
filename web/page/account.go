package page

import (
	"net/url"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// AccountURL is an account's page, for those who manage accounts. An account has no name of its own to decorate it.
func AccountURL(id int64) string { return at("accounts", id, "") }

// AccountsURL is the list of accounts, narrowed and ordered.
func AccountsURL(f itsm.AccountFilter) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "state": f.State, "grant": string(f.Grant), "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Descending {
		q.Set("order", "down")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if len(q) == 0 {
		return "/accounts"
	}
	return "/accounts?" + q.Encode()
}

// at is the list with something of the filter changed.
func (v Accounts) at(change func(*itsm.AccountFilter)) string {
	f := v.Filter
	f.Page = 1
	change(&f)
	return AccountsURL(f)
}

func (v Accounts) reset() string {
	if v.Filter.Text == "" && v.Filter.State == "" && v.Filter.Grant == "" {
		return ""
	}
	return "/accounts"
}

func (v Accounts) states() []ui.Option {
	return []ui.Option{
		{Text: "Every state"},
		{Value: "open", Text: "May sign in", Selected: v.Filter.State == "open"},
		{Value: "new", Text: "No password yet", Selected: v.Filter.State == "new"},
		{Value: "disabled", Text: "Disabled", Selected: v.Filter.State == "disabled"},
		{Value: "ended", Text: "Ended", Selected: v.Filter.State == "ended"},
	}
}

func (v Accounts) grants() []ui.Option {
	return []ui.Option{
		{Text: "With or without"},
		{Value: "administrator", Text: "Administrators", Selected: v.Filter.Grant == itsm.GrantAdministrator},
		{Value: "auditor", Text: "Auditors", Selected: v.Filter.Grant == itsm.GrantAuditor},
	}
}

func (v Accounts) heads() []ui.Head {
	head := func(text, key string) ui.Head {
		h := ui.Head{Text: text}
		sorted := v.Filter.Sort == key || v.Filter.Sort == "" && key == "name"
		if sorted && v.Filter.Descending {
			h.Sort = ui.Descending
		} else if sorted {
			h.Sort = ui.Ascending
		}
		h.Href = v.at(func(f *itsm.AccountFilter) { f.Sort, f.Descending = key, sorted && !f.Descending })
		return h
	}
	seen := head("Last seen", "seen")
	seen.Num = true
	return []ui.Head{head("Name", "name"), head("E-mail", "email"), {Text: "Company"}, {Text: "State"}, {Text: "Grants"}, seen}
}

func (v Account) lede() string {
	text := "Account"
	switch {
	case v.Company != "":
		text = "Account of a person of " + v.Company
	case v.Title != "":
		text = v.Title
	}
	if v.LastSeenAt == nil {
		return text + ". Never signed in."
	}
	return text + ". Last seen " + itsm.ShowDay(*v.LastSeenAt) + "."
}

func (v Account) shutTitle() string {
	if v.Disabled {
		return "This account is disabled"
	}
	return "Shut out"
}

func (v Account) shutVerb() string {
	if v.Disabled {
		return "/enable"
	}
	return "/disable"
}
