package recruit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// taalregime reads the setting in a view or transaction.
func taalregime(ctx context.Context, q data.Query) (regime string, err error) {
	err = data.One(ctx, q, []any{&regime}, `SELECT value FROM settings WHERE key = $1`, string(data.SettingTaalregime))
	if errors.Is(err, data.ErrNotFound) {
		return "nl", nil
	}
	return regime, err
}

// Create adds a procedure in state Draft and audits it. A recruiter may, and is a member of it from that day until it is
// purged. Of p the organisation, the title and the details count. It returns quiz.Problems for whatever is wrong, all at once.
func (s *Store) Create(ctx context.Context, by data.Actor, p Procedure) (Procedure, error) {
	err := s.db.InTxFor(ctx, by, []data.Role{data.RoleRecruiter}, func(tx *data.Tx) error {
		regime, err := taalregime(ctx, tx)
		if err != nil {
			return err
		}
		made := Procedure{ID: data.NewID(), OrganisationID: p.OrganisationID, Title: p.Title, Details: p.Details, State: Draft, CreatedAt: tx.Now()}
		if err := made.Check(regime); err != nil {
			return err
		}
		if err := data.One(ctx, tx, []any{&made.Organisation}, `SELECT name FROM organisations WHERE id = $1`, made.OrganisationID); errors.Is(err, data.ErrNotFound) {
			return &data.Invalid{Field: "organisation", Why: data.WhyUnknown, Got: data.Clean(made.OrganisationID, 60)}
		} else if err != nil {
			return err
		}
		made.KeepUntil = made.keptUntil(tx.Today())
		if _, err := tx.ExecContext(ctx, `INSERT INTO procedures (id, organisation_id, title, sort_key, details, state, created_at, created_by, opened_at, frozen, sealed_at,
				closed_at, scored_at, scored, named_at, named_by, decided_at, hold_until, hold_why, keep_until, purged_on)
			VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, 0, '', 0, 0, 0, '', 0, '', 0, '', '', $8, '')`,
			made.ID, made.OrganisationID, made.Title, data.SortKey(made.Title), data.Pack(made.Details), tx.Now().UnixMilli(), by.Name, made.KeepUntil); err != nil {
			return err
		}
		if by.AccountID != "" {
			if err := putMember(ctx, tx, made.ID, Member{AccountID: by.AccountID, Duty: Recruiter, From: tx.Today(), Until: forever}); err != nil {
				return err
			}
		}
		p = made
		return tx.Audit(ctx, by, "recruit.create", p.ID, "title", p.Title)
	})
	if err != nil {
		return Procedure{}, fmt.Errorf("create procedure: %w", err)
	}
	return p, nil
}

// Change replaces the title and the details of a draft, and audits it. A recruiter of it may. Warnings that were accepted
// stay accepted only where they are among p.Accepted. It returns quiz.Problems, and ErrState once it opened.
func (s *Store) Change(ctx context.Context, by data.Actor, p Procedure) (Procedure, error) {
	err := s.act(ctx, by, p.ID, []Duty{Recruiter}, func(tx *data.Tx, old Procedure) error {
		if err := old.in(Draft); err != nil {
			return err
		}
		regime, err := taalregime(ctx, tx)
		if err != nil {
			return err
		}
		now := old
		now.Title, now.Details = p.Title, p.Details
		if err := now.Check(regime); err != nil {
			return err
		}
		now.KeepUntil = now.keptUntil(tx.Today())
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET title = $1, sort_key = $2, details = $3, keep_until = $4 WHERE id = $5`,
			now.Title, data.SortKey(now.Title), data.Pack(now.Details), now.KeepUntil, now.ID); err != nil {
			return err
		}
		p = now
		return tx.Audit(ctx, by, "recruit.change", p.ID, "title", p.Title)
	})
	if err != nil {
		return Procedure{}, fmt.Errorf("change procedure %s: %w", data.Clean(p.ID, 40), err)
	}
	return p, nil
}

// Accept writes down that a recruiter of a draft read these warnings and wants what they warn of; it replaces what was
// accepted before, is audited, and freezes with the procedure. It returns an *Invalid for what is no warning, and ErrState.
func (s *Store) Accept(ctx context.Context, by data.Actor, procedure string, warnings []Lack) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if err := p.in(Draft); err != nil {
			return err
		}
		p.Accepted = slices.Compact(slices.Sorted(slices.Values(warnings)))
		names := ""
		for _, l := range p.Accepted {
			if !l.Warns() {
				return &data.Invalid{Field: "accepted", Why: WhyAccept, Got: data.Clean(string(l), 40)}
			}
			names += " " + string(l)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET details = $1 WHERE id = $2`, data.Pack(p.Details), p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.accept", p.ID, "warnings", names)
	})
}

// Summary is a procedure in a list, with its counts and what the actor does in it today.
type Summary struct {
	Procedure
	Duties     []Duty // none for the operator
	Candidates int    // who have not withdrawn
	Ended      int    // sittings that are over
}

// Procedures lists the procedures in which the actor has a duty today, the newest first; all of them for the operator.
// It returns data.ErrDenied for who holds no role that any duty needs.
func (s *Store) Procedures(ctx context.Context, by data.Actor) (all []Summary, err error) {
	roles := make([]data.Role, 0, len(Duties()))
	for _, d := range Duties() {
		roles = append(roles, d.Role())
	}
	err = s.db.ViewFor(ctx, by, roles, func(q data.Query) error {
		duties, err := dutiesOf(ctx, q, by)
		if err != nil {
			return err
		}
		counts, err := countsOf(ctx, q)
		if err != nil {
			return err
		}
		found, err := data.List(ctx, q, scanProcedure, procedureColumns+` ORDER BY p.created_at DESC, p.id DESC`)
		all = nil
		for _, p := range found {
			if mine := duties[p.ID]; len(mine) > 0 || by.Operator {
				n := counts[p.ID]
				all = append(all, Summary{Procedure: p, Duties: mine, Candidates: n[0], Ended: n[1]})
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list procedures: %w", err)
	}
	return all, nil
}

// Summary gives one of Procedures. It returns data.ErrNotFound for who has no duty in it, and data.ErrDenied as Procedures does.
func (s *Store) Summary(ctx context.Context, by data.Actor, id string) (Summary, error) {
	all, err := s.Procedures(ctx, by)
	if err != nil {
		return Summary{}, err
	}
	at := slices.IndexFunc(all, func(one Summary) bool { return one.ID == id })
	if at < 0 {
		return Summary{}, fmt.Errorf("procedure %s: %w", data.Clean(id, 40), data.ErrNotFound)
	}
	return all[at], nil
}

// dutiesOf gives what an actor does today, by procedure: only duties for which the account holds the role.
func dutiesOf(ctx context.Context, q data.Query, by data.Actor) (map[string][]Duty, error) {
	type given struct {
		procedure string
		duty      Duty
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (g given, err error) { return g, scan(&g.procedure, &g.duty) },
		`SELECT procedure_id, role FROM procedure_people WHERE account_id = $1 AND from_on <= $2 AND until_on >= $2 ORDER BY procedure_id, role`,
		by.AccountID, data.DayOf(q.Now()))
	if err != nil {
		return nil, err
	}
	held, mine := map[Duty]bool{}, map[string][]Duty{}
	for _, d := range Duties() {
		switch err := data.Require(ctx, q, by, d.Role()); {
		case err == nil:
			held[d] = true
		case !errors.Is(err, data.ErrDenied):
			return nil, err
		}
	}
	for _, g := range all {
		if held[g.duty] {
			mine[g.procedure] = append(mine[g.procedure], g.duty)
		}
	}
	return mine, nil
}

// countsOf gives how many candidates have not withdrawn and how many are done, by procedure.
func countsOf(ctx context.Context, q data.Query) (map[string][2]int, error) {
	counts := map[string][2]int{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var n [2]int
		err = scan(&id, &n[0], &n[1])
		counts[id] = n
		return none, err
	}, `SELECT c.procedure_id, sum(CASE WHEN c.withdrawn_at = 0 THEN 1 ELSE 0 END), sum(CASE WHEN coalesce(s.ended_at, 0) > 0 THEN 1 ELSE 0 END)
		FROM candidates c LEFT JOIN sittings s ON s.candidate_id = c.id GROUP BY c.procedure_id ORDER BY c.procedure_id`)
	return counts, err
}

// Procedure gives one procedure to who has a duty in it today.
func (s *Store) Procedure(ctx context.Context, by data.Actor, id string) (p Procedure, err error) {
	err = s.view(ctx, by, id, Duties(), func(_ data.Query, found Procedure) error {
		p = found
		return nil
	})
	return p, err
}

// Frozen gives the frozen items of a procedure, form by form, to its recruiters; to its jury and markers once nobody answers
// any more. Before the opening there are none. Supervisors never see them: who sits next in the room can't be told.
func (s *Store) Frozen(ctx context.Context, by data.Actor, procedure string) (items []Item, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter, Jury, Marker}, func(q data.Query, p Procedure) error {
		if p.State == Open {
			if err := require(ctx, q, by, procedure, Recruiter); err != nil {
				return err
			}
		}
		items, err = itemsOf(ctx, q, procedure, "")
		return err
	})
	return items, err
}

// Checklist is what still lacks before a draft can open, and what it warns of. A recruiter of it may ask. It is empty for a
// procedure that opened.
func (s *Store) Checklist(ctx context.Context, by data.Actor, procedure string) (all []Missing, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, p Procedure) error {
		if p.State != Draft {
			all = nil
			return nil
		}
		around, err := s.around(ctx, q, p)
		all = Checklist(p, around)
		return err
	})
	return all, err
}

// around reads what a checklist looks at.
func (s *Store) around(ctx context.Context, q data.Query, p Procedure) (a Around, err error) {
	a.Today = data.DayOf(q.Now())
	if a.Pool, err = s.pool(ctx, q, p.Language); err != nil {
		return a, fmt.Errorf("items in %s: %w", p.Language, err)
	}
	if err = markHeld(ctx, q, p.ID, a.Pool); err != nil {
		return a, err
	}
	if a.Members, err = membersOf(ctx, q, p.ID); err != nil {
		return a, err
	}
	a.Settings, err = data.List(ctx, q, func(scan func(...any) error) (s Settings, err error) {
		var packed string
		if err = scan(&packed); err == nil {
			err = data.Unpack(packed, &s)
		}
		return s, err
	}, `SELECT settings FROM candidates WHERE procedure_id = $1 AND withdrawn_at = 0 ORDER BY id`, p.ID)
	a.Candidates = len(a.Settings)
	return a, err
}

// markHeld marks what other procedures hold of a pool: those that opened and of which the jury has not decided. Of a family
// each variant counts as the item.
func markHeld(ctx context.Context, q data.Query, procedure string, pool []PoolItem) error {
	ids, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT DISTINCT i.item_id FROM procedure_items i JOIN procedures p ON p.id = i.procedure_id
		WHERE p.id <> $1 AND p.state IN ('open', 'closed', 'scored', 'named') ORDER BY i.item_id`, procedure)
	if err != nil {
		return fmt.Errorf("items of other procedures: %w", err)
	}
	held := make(map[string]bool, len(ids))
	for _, id := range ids {
		held[id] = true
	}
	for i := range pool {
		pool[i].Held = held[pool[i].ID]
	}
	return nil
}

// Drop calls a procedure off, with a reason that the audit log keeps, and takes the codes of its candidates back. A
// recruiter of it may, until the names are open. It returns an *Invalid without a reason, and ErrState.
func (s *Store) Drop(ctx context.Context, by data.Actor, procedure, why string) error {
	why, err := reasonOf(why)
	if err != nil {
		return err
	}
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if err := step(ctx, tx, p, Dropped); err != nil {
			return err
		}
		if err := shut(ctx, tx, by, p); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.drop", p.ID, "title", p.Title, "why", why)
	})
}

// Close ends the answering: sittings that still run end with what was answered, and no code opens anything any more. It is
// audited. A recruiter of it may, and a supervisor. It returns ErrState unless it is open.
func (s *Store) Close(ctx context.Context, by data.Actor, procedure string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter, Supervisor}, func(tx *data.Tx, p Procedure) error {
		if err := step(ctx, tx, p, Closed); err != nil {
			return err
		}
		if err := shut(ctx, tx, by, p); err != nil {
			return err
		}
		all, err := candidatesOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.close", p.ID, "title", p.Title, "candidates", strconv.Itoa(len(all)))
	})
}

// shut ends the sittings that still run and uses up all codes.
func shut(ctx context.Context, tx *data.Tx, by data.Actor, p Procedure) error {
	if err := endAll(ctx, tx, by, p.ID); err != nil {
		return err
	}
	all, err := candidatesOf(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	for _, c := range all {
		if err := data.UseUp(ctx, tx, c.ID, journey(p.ID)); err != nil {
			return err
		}
	}
	return nil
}

// journey is what a candidate's code is for.
func journey(procedure string) data.Journey {
	return data.Journey{Kind: data.JourneyRecruitment, Of: procedure}
}

// reasonOf tidies a reason. It returns an *Invalid of field why where there is none, or one that may not be kept.
func reasonOf(why string) (string, error) {
	why, err := data.ShortText("why", why, lineLimit)
	if err == nil && why == "" {
		err = &data.Invalid{Field: "why", Why: data.WhyEmpty}
	}
	return why, err
}
