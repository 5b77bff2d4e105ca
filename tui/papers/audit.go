package papers

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"digibrug/data"
	"digibrug/tui/words"
)

// auditLog is what the paper of the audit log needs of the ground floor; *data.DB has it.
type auditLog interface {
	Audit(ctx context.Context, by data.Actor, limit int) ([]data.AuditRow, error)
}

// How many rows of the audit log a paper has: unless asked otherwise, and at most.
const (
	DefaultLimit = 1000
	MaxLimit     = 100_000
)

// Audit is the newest rows of the audit log, for the ICT officer and the security consultant. The hash of the
// newest row stands under it: who keeps the paper can tell later that the log was not written anew.
func Audit(log auditLog) Paper {
	return Paper{Name: "audit", Title: words.PaperAudit, Roles: []data.Role{data.RoleICT, data.RoleConsultant}, Asks: []Question{AsksLimit},
		fill: func(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
			limit := ask.Limit
			if limit == 0 {
				limit = DefaultLimit
			}
			if limit < 1 || limit > MaxLimit {
				return Sheet{}, &data.Invalid{Field: string(AsksLimit), Why: data.WhyNumber, Want: fmt.Sprintf("1 … %d", MaxLimit), Got: fmt.Sprint(limit)}
			}
			rows, err := log.Audit(ctx, by, limit)
			if err != nil {
				return Sheet{}, err
			}
			return auditSheet(rows), nil
		}}
}

func auditSheet(rows []data.AuditRow) Sheet {
	s := Sheet{Columns: []Column{
		{Name: "seq", Title: nl.T(words.PaperColSeq), Kind: KindNumber, Ordinal: true},
		{Name: "at", Title: nl.T(words.PaperColAt), Kind: KindMoment},
		{Name: "actor", Title: nl.T(words.PaperColActor), Kind: KindText},
		{Name: "from", Title: nl.T(words.PaperColFrom), Kind: KindText},
		{Name: "action", Title: nl.T(words.PaperColAction), Kind: KindText},
		{Name: "object", Title: nl.T(words.PaperColObject), Kind: KindText},
		{Name: "detail", Title: nl.T(words.PaperColDetail), Kind: KindList},
	}}
	for _, r := range rows {
		var facts []string
		for _, name := range slices.Sorted(maps.Keys(r.Detail)) {
			if r.Detail[name] != "" {
				facts = append(facts, name+": "+r.Detail[name])
			}
		}
		s.Rows = append(s.Rows, []Cell{Number(float64(r.Seq)), Moment(r.At), Text(r.Actor), Text(r.From),
			Coded(words.ActName(lang, r.Action), r.Action), Text(r.Object), List(facts, nil)})
	}
	if len(rows) > 0 {
		s.Notes = append(s.Notes, nl.T(words.PaperChain, "seq", rows[0].Seq, "hash", rows[0].Hash))
	}
	return s
}
