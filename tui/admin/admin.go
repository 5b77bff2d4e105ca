// Package admin is the room of the ICT officer and those who stand beside her: accounts with their roles,
// passwords and keys, the campaigns of the kennismeting, and the audit log.
//
// What a role lacks is not shown; the stores refuse it anyway.
package admin

import (
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// The room's names in the palette and for shell.GoMsg.
const (
	AccountsRoom  shell.Room = "admin.accounts"
	CampaignsRoom shell.Room = "admin.campaigns"
	AuditRoom     shell.Room = "admin.audit"
)

// desk is what all screens of the room share.
type desk struct{ page.Page }

func newDesk(s *shell.Session, doing words.Key) desk { return desk{page.New(s, doing)} }

// still is the desk of a screen that loads nothing by itself.
func still(s *shell.Session) desk { return desk{page.Still(s)} }

func (d desk) ict() bool { return d.S.Who.Has(data.RoleICT) }
