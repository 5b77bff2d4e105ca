package replan_test

import (
	"testing"

	"digibrug/data/datatest"
	"digibrug/loans"
)

// due is when the loan of a device is due.
func (s *scene) due(device int) string {
	s.t.Helper()
	all := must(s.LoansOfDevice(s.t.Context(), s.an, s.devices[device].ID))(s.t)
	return all[0].DueOn
}

// TestMoveAndUndo moves everything after a question, and puts it back after another.
func TestMoveAndUndo(t *testing.T) {
	s := shutScene(t)
	page := s.clerk(keys("v", "esc"))
	if s.due(0) != "2026-12-14" {
		t.Fatal("moved without a yes")
	}
	page.Send(keys("v", "down", "enter")...)
	page.Says("Verschoven")
	if s.due(0) != "2026-12-16" {
		t.Fatalf("due %s", s.due(0))
	}
	s.whole()
	page.Send(keys("p", "enter", "o", "down", "enter")...)
	page.Says("Teruggezet", "door An Peeters")
	if s.due(0) != "2026-12-14" {
		t.Fatalf("after the undo due %s", s.due(0))
	}
	s.whole()
	page.Send(keys("enter", "o")...) // an undone one has no undo: the key does nothing
	page.Says("Ongedaan gemaakt door An Peeters", "uitlening LT-001")
}

// TestChangedMeanwhile: what is moved is what was shown, or nothing.
func TestChangedMeanwhile(t *testing.T) {
	s := shutScene(t)
	page := s.clerk(keys("v"))
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Device: s.devices[0].ID}))(t)
	page.Send(keys("down", "enter")...)
	page.Says("Intussen verandert er iets anders dan u zag")
	if got := must(s.Replans(t.Context(), s.an))(t); len(got) != 0 || s.due(1) != "2026-12-14" {
		t.Errorf("moved %+v", got)
	}
	page.Send(keys("v", "down", "enter")...) // it shows what is true now
	if s.due(1) != "2026-12-11" {
		t.Errorf("due %s", s.due(1))
	}
	s.whole()
}

// TestUndoLeavesAlone tells what an undo could not put back.
func TestUndoLeavesAlone(t *testing.T) {
	s := movedScene(t)
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Device: s.devices[0].ID}))(t)
	page := s.clerk(keys("p", "enter", "o", "down", "enter"))
	page.Says("Ongemoeid gelaten: 1")
	s.whole()
}

// TestOnlyStuck: there is nothing to move, and somebody to call.
func TestOnlyStuck(t *testing.T) {
	s := newScene(t)
	s.book(3, s.borrower("Mo", "Wouters", ""), "2026-12-14", "2026-12-15")
	s.book(3, s.borrower("Fé", "Jacobs", ""), "2026-12-17", "2026-12-18")
	s.shut("2026-12-14", "2026-12-15")
	page := s.clerk(keys("v"))
	page.Says("Kan niet verschuiven: 1", "Niets kan verschuiven")
	if got := must(s.Replans(t.Context(), s.an))(t); len(got) != 0 {
		t.Errorf("moved %+v", got)
	}
}

// TestHostileNames: what people typed reaches no terminal as a command.
func TestHostileNames(t *testing.T) {
	s := newScene(t)
	s.lend(0, s.borrower("Zoë\x1b[2J", "Peeters\x07", ""))
	s.shut("2026-12-14", "2026-12-15")
	page := s.clerk(keys("enter"))
	page.Fits()
	page.Says("Zoë")
}

// TestNotMine: the room of somebody who lost the role tells so.
func TestNotMine(t *testing.T) {
	s := shutScene(t)
	page := s.clerk()
	s.ok(s.Accounts.Revoke(t.Context(), datatest.Operator, "an.peeters", "clerk"))
	page.Send(keys("v", "down", "enter")...)
	if got := must(s.Replans(t.Context(), s.bert))(t); len(got) != 0 {
		t.Errorf("moved %+v", got)
	}
}
