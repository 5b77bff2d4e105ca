package admin_test

import (
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"

	"github.com/pquerna/otp/totp"
)

// enrolled gives somebody of the town a second factor.
func (s scene) enrolled(login string) {
	s.t.Helper()
	e := data.NewEnrolment(login)
	code, err := totp.GenerateCode(e.Secret, datatest.Noon)
	if err == nil {
		_, err = s.Accounts.EnrolSecond(s.t.Context(), s.who(login).Actor(), e, code, "")
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestSecondFactorIsTakenAway(t *testing.T) {
	s := newScene(t)
	s.enrolled("bert.maes")
	s.enrolled("ivo.ict")
	page := show(t, deputy(s), find("bert"))
	page.Lacks("Tweede stap")
	page = show(t, ict(s), find("ivo"))
	page.Says("Tweede stap ingesteld")
	page.Lacks("Tweede stap wegnemen") // the own one takes a code
	page = show(t, ict(s), find("bert"), keys("end", "up", "enter"))
	page.Says("Wilt u de tweede stap van Bert Maes wegnemen?")
	page.Send(keys("down", "enter")...)
	page.Says("De tweede stap van Bert Maes is weg.")
	page.Lacks("Tweede stap")
	show(t, ict(s), find("ivo")).Says("Tweede stap ingesteld")
	if err := s.Accounts.DropSecond(t.Context(), datatest.Operator, "ivo.ict"); err != nil {
		t.Fatal(err)
	}
	show(t, ict(s), find("ivo")).Says("Tweede stap niet ingesteld, de rol vraagt er een")
	f, err := s.Accounts.SecondOf(t.Context(), datatest.Operator, "bert.maes")
	if err != nil || f.On() {
		t.Errorf("afterwards: %+v, %v", f, err)
	}
}
