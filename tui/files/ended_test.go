package files

import (
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

// A session that was ended from elsewhere fetches nothing more; one that ends by itself is written down as over.
func TestEndedSession(t *testing.T) {
	h := open(t)
	sessions := data.NewSessions(h.DB)
	c := h.sftp("dirk.adm")
	fetch(t, c, "/LEESMIJ.txt")
	if n, err := sessions.EndAll(t.Context(), datatest.Operator, "dirk.adm", ""); err != nil || n != 1 {
		t.Fatalf("%d sessions ended, %v; want 1", n, err)
	}
	if _, err := c.ReadDir("/lijsten"); err == nil {
		t.Error("a session that was ended still lists")
	}
	_ = c.Wait() // the connection is cut

	ssh := h.client("bert.maes")
	all, err := sessions.Of(t.Context(), datatest.Operator, "bert.maes")
	if err != nil || len(all) != 1 || !all[0].Open() || all[0].Method != "files:publickey" {
		t.Fatalf("while it lasts: %+v, %v", all, err)
	}
	_ = ssh.Close()
	eventually(t, "the session to be over", func() bool {
		all, err := sessions.Of(t.Context(), datatest.Operator, "bert.maes")
		return err == nil && len(all) == 1 && !all[0].Open()
	})
}
