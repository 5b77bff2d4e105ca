package tui

import (
	"slices"

	"digibrug/data"
	"digibrug/tui/admin"
	"digibrug/tui/assessment"
	"digibrug/tui/codes"
	"digibrug/tui/home"
	"digibrug/tui/me"
	"digibrug/tui/opening"
	outboxroom "digibrug/tui/outbox"
	"digibrug/tui/papers"
	"digibrug/tui/regulation"
	"digibrug/tui/services"
	"digibrug/tui/shell"
	"digibrug/tui/staffing"
	"digibrug/tui/start"
	"digibrug/tui/words"
)

// with tells who holds one of the roles.
func with(roles ...data.Role) func(data.Identity) bool {
	return func(id data.Identity) bool {
		for _, r := range roles {
			if id.Has(r) {
				return true
			}
		}
		return false
	}
}

// account tells who has an account: everybody but kiosks and who came with a code.
func account(id data.Identity) bool { return id.AccountID != "" }

// entries are the rooms in the order of somebody's home screen: the own ones, those of who lends, those of who gives
// courses, those of a service, those of the ICT service. Who stands at the desk, plans courses or gives lessons has that
// first; who may enter there only because the ICT service may everything finds those rooms in the palette, but for the
// regulation, which is the ICT officer's to set.
// Who may enter is asked here only to show what is useful; the stores decide.
func (h House) entries(who data.Identity) []shell.Entry {
	lending, lessons := h.loanRooms(), []shell.Entry{h.lessonRoom(who)}
	teaching := slices.Concat(h.courseRooms(), lessons, h.evaluationRooms())
	if who.Has(data.RoleTrainer) && !who.Has(data.RoleCoordinator) {
		teaching = slices.Concat(lessons, h.courseRooms(), h.evaluationRooms())
	}
	for i, e := range teaching {
		teaching[i].Quiet = e.Quiet || who.Has(data.RoleICT) && !who.Has(data.RoleCoordinator)
	}
	if who.Has(data.RoleClerk) {
		return slices.Concat(lending, teaching, h.recruitRooms(), h.ownRooms(), h.houseRooms(), h.deskRooms())
	}
	for i, e := range lending {
		lending[i].Quiet = e.Quiet || who.Has(data.RoleICT) && e.Room != regulation.Room
	}
	if who.Has(data.RoleCoordinator) || who.Has(data.RoleTrainer) {
		return slices.Concat(teaching, h.recruitRooms(), h.ownRooms(), lending, h.houseRooms(), h.deskRooms())
	}
	return slices.Concat(h.recruitRooms(), h.ownRooms(), lending, teaching, h.houseRooms(), h.deskRooms())
}

func (h House) ownRooms() []shell.Entry {
	return append(h.watchRooms(), []shell.Entry{
		{Room: assessment.Room, Title: words.AssessmentTitle, May: with(data.RoleStaff),
			Open: func(s *shell.Session) shell.Screen { return assessment.NewMine(s, h.Quiz) }},
		{Room: assessment.GroupsRoom, Title: words.GroupTitle, May: func(id data.Identity) bool { return id.Has(data.RoleHead) && !id.Has(data.RoleDirector) },
			Open: func(s *shell.Session) shell.Screen { return assessment.NewGroups(s, h.Quiz) }},
		{Room: assessment.AllGroupsRoom, Title: words.GroupTitleAll, May: with(data.RoleDirector),
			Open: func(s *shell.Session) shell.Screen { return assessment.NewGroups(s, h.Quiz) }},
		h.practiceRoom(), h.ownCourses(), h.approvals(),
		{Room: me.Room, Title: words.MeTitle, May: account,
			Open: func(s *shell.Session) shell.Screen { return me.New(s, h.me()) }},
		{Room: outboxroom.Room, Title: words.OutboxTitle, May: account,
			Open: func(s *shell.Session) shell.Screen { return outboxroom.NewMine(s, h.Outbox, h.Fetch) }},
		h.reportRoom(),
		{Room: home.PasswordRoom, Title: words.HomePasswordTitle, Quiet: true,
			Open: func(s *shell.Session) shell.Screen { return home.NewPassword(s, h.Accounts, nil) }},
	}...)
}

func (h House) houseRooms() []shell.Entry {
	return []shell.Entry{
		{Room: services.Room, Title: words.OrgTitle, May: with(data.RoleICT, data.RoleDirector),
			Open: func(s *shell.Session) shell.Screen { return services.New(s, h.People) }},
		{Room: staffing.Room, Title: words.StaffingTitle, May: with(data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return staffing.New(s, h.staffDesk()) }},
		{Room: opening.Room, Title: words.CalendarTitle, May: with(data.RoleICT, data.RoleCoordinator, data.RoleClerk, data.RoleDirector),
			Open: func(s *shell.Session) shell.Screen {
				return opening.New(s, opening.Desk{Store: h.Calendar, People: h.People, Lent: lent{h.Loans}})
			}},
	}
}

func (h House) deskRooms() []shell.Entry {
	return []shell.Entry{
		{Room: admin.CampaignsRoom, Title: words.AdminCampaigns, May: with(data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return admin.NewCampaigns(s, h.Quiz, h.People) }},
		h.bankRoom(),
		{Room: codes.Room, Title: words.CodeTitle, May: with(data.RoleICT, data.RoleDeputy),
			Open: func(s *shell.Session) shell.Screen { return codes.New(s, h.codeDesk()) }},
		{Room: admin.AccountsRoom, Title: words.AdminAccounts, May: with(data.RoleICT, data.RoleDeputy),
			Open: func(s *shell.Session) shell.Screen { return admin.NewAccounts(s, h.Accounts, h.People) }},
		{Room: start.Room, Title: words.StartTitle, May: with(data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return start.New(s, h.Start) }},
		{Room: admin.KiosksRoom, Title: words.KioskPCTitle, May: with(data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return admin.NewKiosks(s, h.Kiosks) }},
		{Room: admin.AuditRoom, Title: words.AdminAudit, May: with(data.RoleICT, data.RoleConsultant),
			Open: func(s *shell.Session) shell.Screen { return admin.NewAudit(s, h.DB) }},
	}
}

// codeDesk is what the room of paper codes works with.
func (h House) codeDesk() codes.Desk {
	return codes.Desk{Codes: h.Codes, Channels: h.Channels,
		Mailing: papers.Mailing{Codes: h.Codes, People: h.People, Settings: h.Settings, Campaigns: h.Quiz}}
}

// staffDesk is what the room of who comes and goes works with.
func (h House) staffDesk() staffing.Desk {
	return staffing.Desk{Store: h.Staffing, People: h.People,
		Account: func(s *shell.Session, p data.Person) shell.Screen { return admin.NewAccountFor(s, h.Accounts, p) }}
}

// me is what the personal page works with.
func (h House) me() me.Stores {
	return me.Stores{Account: h.Accounts, Sessions: data.NewSessions(h.DB), Tests: h.Quiz, Settings: h.Settings,
		Password: func(s *shell.Session) shell.Screen { return home.NewPassword(s, h.Accounts, nil) }}
}
