package server

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// toast is what a page shows once about the act before it.
type toast struct {
	Sentence string
	Event    int64 `json:",omitempty"` // that can be taken back; 0 is none
	Account  int64 `json:",omitempty"` // whose act it was
}

// setToast keeps what the next page shows.
func (s *Server) setToast(w http.ResponseWriter, t toast) {
	text, err := json.Marshal(t)
	if err != nil { // two numbers and a text: they always fit
		return
	}
	s.setCookie(w, toastCookie, base64.RawURLEncoding.EncodeToString(text), 60)
}

// toast takes what the page before left.
func (s *Server) toast(w http.ResponseWriter, r *http.Request) (t toast) {
	c, err := r.Cookie(toastCookie)
	if err != nil {
		return toast{}
	}
	s.setCookie(w, toastCookie, "", -1)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || json.Unmarshal(text, &t) != nil || !itsm.Storable(t.Sentence) {
		return toast{}
	}
	return t
}

// takeToast takes what the page before left for this reader. Another account's act is not theirs to take back, writing is off
// on another day, and what is no page of its own is no way back.
func (v *visit) takeToast() page.Toast {
	t := v.s.toast(v.w, v.r)
	if t.Account != v.by.AccountID || v.by.On != nil || v.r.Method != http.MethodGet {
		t.Event = 0
	}
	return page.Toast{Text: t.Sentence, Event: t.Event}
}

// undoes is the event that this visit wrote, where the reader may take it back; of several none, since one alone would be
// half of what was done. It is asked while the act is answered, so that the page after it asks nothing more.
func (v *visit) undoes() int64 {
	if len(v.wrote) != 1 {
		return 0
	}
	may, err := v.s.store.Undoes(v.ctx, v.by, v.wrote[0])
	if err != nil { // what was done stands, whether it can be taken back from here or from its history
		v.s.log.WarnContext(v.ctx, "whether an act can be undone is not known", "request", requestID(v.ctx), "error", err.Error())
	}
	if !may {
		return 0
	}
	return v.wrote[0]
}
