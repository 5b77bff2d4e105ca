package town

import (
	_ "embed"

	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

//go:embed onthaal.yaml
var onthaal []byte

// ownBank gives the town sealed questions of its own, in every state: the recruiter imported them, and the ICT officer
// reviewed them by a sample.
func (b *builder) ownBank() error {
	bank, err := quiz.ParseBank("onthaal.yaml", onthaal)
	if err != nil {
		return err
	}
	by, lib := b.duty(recruit.Recruiter)[0], b.quiz.Library().Sampling(b.chance.IntN)
	late := bank
	late.Items = bank.Items[:9]
	if _, err := lib.Import(b.ctx, by, late, quiz.ImportAsk{}); err != nil {
		return err
	}
	if err := lib.SendBack(b.ctx, b.ict, "onthaal-002", 1, "Wie een vaste telefoon heeft, kent geen status. Schrijf de vraag voor beide."); err != nil {
		return err
	}
	r, err := lib.Review(b.ctx, b.ict, bank.ID)
	if err != nil {
		return err
	}
	if _, err := lib.Finish(b.ctx, b.ict, r.ID); err != nil {
		return err
	}
	used := []string{"onthaal-001", "onthaal-003", "onthaal-004", "onthaal-005", "onthaal-006"}
	if err := lib.Move(b.ctx, by, used, quiz.StatusInUse, ""); err != nil {
		return err
	}
	if err := lib.Move(b.ctx, by, []string{"onthaal-004"}, quiz.StatusRetired, ""); err != nil {
		return err
	}
	if err := lib.Publish(b.ctx, by, []string{"onthaal-003"}); err != nil {
		return err
	}
	changed := bank.Items[4]
	changed.Stem = "Een andere dienst heeft een lijst van u nodig. U werkt er samen aan. Hoe deelt u ze het best?"
	if _, err := lib.Put(b.ctx, by, bank.ID, changed); err != nil {
		return err
	}
	late.Items = bank.Items[9:]
	_, err = lib.Import(b.ctx, by, late, quiz.ImportAsk{}) // nobody reviewed these yet
	return err
}
