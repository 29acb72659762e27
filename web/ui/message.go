package ui

func (v Note) icon() string {
	if v.Icon != "" {
		return v.Icon
	}
	return v.Tone.icon()
}

// role lets trouble interrupt a screen reader and good news wait.
func (v Notice) role() string {
	if v.Tone == Crit {
		return "alert"
	}
	return "status"
}
