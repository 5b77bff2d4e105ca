package papers

import (
	"context"
	"io"
	"net"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// Invited is the paper of a round of invitations.
type Invited struct {
	Letters []Document // by label; a help in the language of the candidate comes right after the Dutch letter
	Names   *Document  // for the supervisor; nil where the list is sealed
}

// DeliverInvited brings invitations where they are wanted, inside the transaction that makes their codes. It may run more
// than once. There is one letter at least.
type DeliverInvited func(ctx context.Context, tx *data.Tx, all Invited) error

// Inviting makes the paper of invitations for recruit.Store's Invite and Reprint. What all letters say is read here,
// before their transaction begins. Where nobody needs a code nothing is delivered.
func (p RecruitPapers) Inviting(ctx context.Context, deliver DeliverInvited) (recruit.Inviting, error) {
	h, err := p.head(ctx)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *data.Tx, letters []recruit.Invitation, names []recruit.NameRow) error {
		if len(letters) == 0 {
			return nil
		}
		h := h
		h.at = tx.Now()
		return deliver(ctx, tx, h.invited(letters, names))
	}, nil
}

func (h recruitHead) invited(letters []recruit.Invitation, names []recruit.NameRow) (all Invited) {
	for _, one := range letters {
		all.Letters = append(all.Letters, h.invitation(lang, one))
		if l, _ := words.ParseLang(one.Candidate.Language); l != lang {
			all.Letters = append(all.Letters, h.invitation(l, one))
		}
	}
	if len(names) > 0 {
		list := h.nameList(letters[0].Procedure, names)
		all.Names = &list
	}
	return all
}

// InvitedToOutbox delivers invitations as PDFs to the outbox: all letters in one, and the list of names in another. put gets
// the papers as they were stored.
func InvitedToOutbox(by data.Actor, channel outbox.Channel, put *[]outbox.Paper) DeliverInvited {
	return func(ctx context.Context, tx *data.Tx, all Invited) error {
		*put = nil
		send := func(name string, docs ...Document) error {
			one, err := toOutbox(ctx, tx, by, outbox.Paper{Channel: channel, Name: name, Media: mediaPDF, KeepUntil: tx.Now().Add(keepLetters)},
				func(w io.Writer) error { return WriteDocuments(w, FormatPDF, docs) })
			*put = append(*put, one)
			return err
		}
		if err := send(all.FileName(FormatPDF), all.Letters...); err != nil || all.Names == nil {
			return err
		}
		return send(all.Names.FileName(FormatPDF), *all.Names)
	}
}

// FileName is what the file with all letters is called: "uitnodigingen-2026-11-23.pdf".
func (i Invited) FileName(f Format) string {
	return Document{Name: "uitnodigingen", At: i.Letters[0].At}.FileName(f)
}

// letterWriter says one invitation in a language.
type letterWriter struct {
	speaker
	recruitHead
	of recruit.Procedure
	to recruit.Invitation
}

// invitation is the letter that brings one candidate the code, in a language: the Dutch one counts, another is a help.
func (h recruitHead) invitation(l words.Lang, one recruit.Invitation) Document {
	w := letterWriter{speaker{l}, h, one.Procedure, one}
	contact := one.Procedure.Contact
	d := h.document(one.Procedure, "uitnodiging-"+one.Candidate.Label, w.T(words.RecruitletterTitle))
	d.Lang = l
	d.To = w.address()
	d = d.with(Paragraph(w.T(words.RecruitletterHello, "name", w.called())),
		Paragraph(w.T(words.RecruitletterInvited, "organisation", one.Procedure.Organisation, "title", one.Procedure.Title, "vacancy", one.Procedure.Vacancy)),
		w.facts(), w.secret(), Points{w.T(words.RecruitletterTyping), w.T(words.RecruitletterSecret, "contact", contact)})
	if h.host != "" {
		d = d.with(w.door())
	}
	return d.with(Heading(w.T(words.RecruitletterBring)), Points{w.T(words.RecruitletterCard), w.T(words.RecruitletterLetter)}, Paragraph(one.Procedure.Practical),
		Heading(w.T(words.RecruitletterHow)), Points{w.T(words.RecruitletterLabel, "label", one.Candidate.Label), w.T(words.RecruitletterPractise), w.T(words.RecruitletterSaved)},
		Heading(w.T(words.RecruitletterNeeds)), Paragraph(w.T(words.RecruitletterAsk, "contact", contact))).with(w.privacy()...)
}

// address is the address on the envelope; of a letter without a name the label.
func (w letterWriter) address() (to []string) {
	n := w.to.Name
	if fullName(n) == "" {
		return []string{w.called()}
	}
	for _, line := range []string{fullName(n), n.Street, n.Town} {
		if line != "" {
			to = append(to, line)
		}
	}
	return to
}

// called is how the letter names its reader: a list that is sealed gives no name away.
func (w letterWriter) called() string {
	if name := fullName(w.to.Name); name != "" {
		return name
	}
	return w.T(words.RecruitletterSomebody, "label", w.to.Candidate.Label)
}

func (w letterWriter) facts() Facts {
	l, d, c := w.Lang, w.of.Details, w.to.Candidate
	from, until := w.hours(l, d.Days)
	hours := w.T(words.RecruitletterFromUntil, "from", from, "until", until)
	if d.Together {
		hours = w.T(words.RecruitletterTogether, "from", from, "until", until)
	}
	all := Facts{{w.T(words.RecruitletterCandidate), c.Label}, {w.T(words.RecruitletterDay), w.days(l, d.Days)}, {w.T(words.RecruitletterHours), hours},
		{w.T(words.RecruitletterPlace), d.Place}, {w.T(words.RecruitletterTime), words.Duration(l, minutesOf(d, c.Settings))}}
	if w.to.Name.Reference != "" {
		all = append(all, Fact{w.T(words.RecruitletterReference), w.to.Name.Reference})
	}
	if set := w.settings(l, d, c.Settings); len(set) > 0 {
		all = append(all, Fact{w.T(words.RecruitletterSettings), strings.Join(set, "\n")})
	}
	return all
}

func (w letterWriter) secret() Secret {
	from, until := w.to.Code.From, w.to.Code.Until
	good := w.T(words.RecruitletterGood, "from", words.Moment(w.Lang, from), "until", words.Moment(w.Lang, until))
	if data.DayOf(from) == data.DayOf(until) {
		good = w.T(words.RecruitletterGoodDay, "day", words.Day(w.Lang, from), "from", words.Clock(w.Lang, from), "until", words.Clock(w.Lang, until))
	}
	return Secret{Above: w.T(words.RecruitletterCode), Code: data.ShowCode(w.to.Code.Secret), Under: good}
}

// door is the address of the test, for a telephone and for the eye.
func (w letterWriter) door() Squares {
	command := Letters{Host: w.host, Port: w.port}.command()
	all := Squares{Holds: "ssh://code@" + net.JoinHostPort(w.host, w.port), Lines: []string{w.T(words.RecruitletterAddress), command}}
	if len(w.to.Code.Addresses) > 0 || len(w.of.Details.Kiosks) > 0 {
		all.Lines = append(all.Lines, w.T(words.RecruitletterBound))
	}
	return all
}

// privacy says what the law wants a candidate to know beforehand: who keeps what, why and how long, who decides, and whom to
// ask. Source: regulation (EU) 2016/679, articles 13 and 22.
func (w letterWriter) privacy() []Part {
	organisation := w.of.Organisation
	months := w.T(words.RecruitletterMonths, "n", w.of.Keep)
	return []Part{Heading(w.T(words.RecruitletterData)), Paragraph(w.T(words.RecruitletterPurpose, "organisation", organisation, "purpose", w.of.Purpose)),
		Paragraph(w.T(words.RecruitletterKept, "months", months)), Important(w.T(words.RecruitletterDecides)),
		Paragraph(w.T(words.RecruitletterAsking, "contact", w.of.Contact, "organisation", organisation))}
}
