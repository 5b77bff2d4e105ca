package recruit

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Invitation is a new paper code with whom it is for. Its code has the secret, which can't be had again.
type Invitation struct {
	Procedure Procedure
	Candidate Candidate
	Code      data.Issued
	Name      Name // zero where a lost code is printed again after the list was sealed: that paper has the label alone
}

// Inviting makes paper of invitations inside the transaction in which their codes are made: nobody has a code without its
// letter. names is the whole list of names for the supervisor, where it is not sealed yet; else none.
type Inviting func(ctx context.Context, tx *data.Tx, letters []Invitation, names []NameRow) error

// Invite makes a paper code for each candidate of an open procedure who has none that is good, in the order of their
// labels, good in the window and at the addresses of the procedure; paper makes the letters of them, and may be nil. Where the window
// has begun the list of names is sealed with it, and is given to paper for the last time. It is audited, with a row for
// each code. A recruiter of the procedure may. It returns ErrState, and an *Invalid of data once the window is over.
func (s *Store) Invite(ctx context.Context, by data.Actor, procedure string, paper Inviting) (letters []Invitation, err error) {
	var p Procedure
	var all []Candidate
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, found Procedure) error {
		p = found
		if all, err = candidatesOf(ctx, q, p.ID); err != nil {
			return err
		}
		return p.in(Open)
	})
	if err != nil {
		return nil, err
	}
	addresses, err := p.codeAddresses()
	if err != nil {
		return nil, err
	}
	var holders []data.Holder
	for _, c := range all {
		if !c.Withdrawn {
			holders = append(holders, data.Holder{Candidate: c.ID, Label: c.Label})
		}
	}
	along := func(ctx context.Context, tx *data.Tx, issued []data.Issued) error {
		letters, err = s.letters(ctx, tx, by, p.ID, issued, paper)
		return err
	}
	if _, err := s.codes.IssueCandidates(ctx, by, p.ID, holders, p.Days.Window(), addresses, along); err != nil {
		return nil, err
	}
	return letters, nil
}

// letters makes the invitations of new codes, in their transaction: it asks again whether all this may be.
func (s *Store) letters(ctx context.Context, tx *data.Tx, by data.Actor, procedure string, issued []data.Issued, paper Inviting) (letters []Invitation, err error) {
	p, err := procedureFor(ctx, tx, by, procedure, Recruiter)
	if err != nil {
		return nil, err
	}
	if err := p.in(Open); err != nil {
		return nil, err
	}
	all, err := candidatesOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	names, err := namedOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, code := range issued {
		at := slices.IndexFunc(all, func(c Candidate) bool { return c.ID == code.Candidate })
		who := slices.IndexFunc(names, func(n NameRow) bool { return n.CandidateID == code.Candidate })
		if at < 0 || who < 0 || all[at].Withdrawn {
			return nil, fmt.Errorf("invite candidate %s: %w", code.Person, ErrState)
		}
		letters = append(letters, Invitation{Procedure: p, Candidate: all[at], Code: code, Name: names[who].Name})
	}
	if err := tx.Audit(ctx, by, "recruit.invite", p.ID, "title", p.Title, "count", strconv.Itoa(len(letters))); err != nil {
		return nil, err
	}
	if !p.SealedAt.IsZero() {
		names = nil
	}
	if paper != nil {
		if err := paper(ctx, tx, letters, names); err != nil {
			return nil, err
		}
	}
	if tx.Now().Before(p.Days.Window().From) {
		return letters, nil
	}
	return letters, seal(ctx, tx, by, p)
}

// Reprint makes a new code for the candidate with a label whose paper got lost, and audits it: the old one is dead at once.
// paper is as in Invite; the name is on it only while the list is not sealed. A recruiter of the procedure may. It returns
// data.ErrNotFound for a label that has no code, and why a code that is over can't be had again.
func (s *Store) Reprint(ctx context.Context, by data.Actor, procedure, label string, paper Inviting) (letter Invitation, err error) {
	var code data.Code
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, p Procedure) error {
		all, err := data.CandidateCodes(ctx, q, p.ID)
		for _, c := range all {
			if c.Person == label {
				code = c
			}
		}
		if err == nil && code.ID == "" {
			err = fmt.Errorf("code of %s: %w", data.Clean(label, 40), data.ErrNotFound)
		}
		return err
	})
	if err != nil {
		return Invitation{}, err
	}
	along := func(ctx context.Context, tx *data.Tx, issued []data.Issued) error {
		letter, err = s.reprinted(ctx, tx, by, procedure, issued[0])
		if err != nil || paper == nil {
			return err
		}
		return paper(ctx, tx, []Invitation{letter}, nil)
	}
	if _, err := s.codes.ReprintCandidate(ctx, by, code.ID, along); err != nil {
		return Invitation{}, err
	}
	return letter, nil
}

func (s *Store) reprinted(ctx context.Context, tx *data.Tx, by data.Actor, procedure string, code data.Issued) (letter Invitation, err error) {
	p, c, err := candidateIn(ctx, tx, by, code.Candidate, Recruiter)
	if err != nil {
		return letter, err
	}
	if err := p.in(Open); err != nil {
		return letter, err
	}
	letter = Invitation{Procedure: p, Candidate: c, Code: code}
	w, err := windowOf(ctx, tx, p)
	if err != nil || p.sealed(w) != nil {
		return letter, err
	}
	names, err := namesOf(ctx, tx, p.ID)
	for _, n := range names {
		if n.CandidateID == c.ID {
			letter.Name = n
		}
	}
	return letter, err
}
