package recruitdesk_test

import "testing"

// TestKept says how long all is kept: an appeal that ends before the term shortens nothing, and who is in the reserve stays longer.
func TestKept(t *testing.T) {
	for _, one := range []struct {
		name, keep, hold, reserve string
		want                      []string
	}{
		{"the term", "2028-05-26", "", "2027-11-23", []string{"tot en met 26/05/2028"}},
		{"an appeal that ends before", "2028-05-26", "2027-01-25", "2027-11-23", []string{"tot en met 26/05/2028; er loopt een beroep", "alles blijft bewaard tot en met 26/05/2028."}},
		{"an appeal that ends after", "2027-05-26", "2028-01-25", "2027-11-23", []string{"tot en met 25/01/2028; er loopt een beroep", "alles blijft bewaard tot en met 25/01/2028."}},
		{"a longer reserve", "2027-05-26", "", "2027-11-23", []string{"tot en met 26/05/2027; de reserve tot en met 23/11/2027"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			h := decided(t)
			h.Exec(`UPDATE procedures SET keep_until = $1, hold_until = $2 WHERE id = $3`, one.keep, one.hold, h.Procedure)
			page := h.show(80, 24, keys("enter", "end"))
			page.Says(one.want...)
			if one.keep > one.reserve {
				page.Lacks("; de reserve")
			}
		})
	}
}
