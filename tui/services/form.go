package services

import (
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Form makes a service or cluster, or renames and moves one.
type Form struct {
	page.Form
	people *data.People
	b      data.Branch // without an ID: a new one
}

// places is what the form chooses from.
type places struct {
	organisations []data.Organisation
	tree          []data.Branch
}

// maxName is how many characters a name takes.
const maxName = 80

// Values of the field kind.
const (
	kindService = "service"
	kindCluster = "cluster"
)

func newForm(s *shell.Session, people *data.People, b data.Branch) shell.Screen {
	return Form{page.LoadingForm(s, words.OrgLoading, words.OrgFormLead), people, b}
}

func (f Form) load() tea.Cmd {
	return page.Fetch(f.Loading, func() (p places, err error) {
		if p.organisations, err = f.people.Organisations(f.S.Ctx); err != nil {
			return p, err
		}
		p.tree, err = f.people.Tree(f.S.Ctx, f.By())
		return p, err
	})
}

// Init loads the clusters.
func (f Form) Init() tea.Cmd { return f.load() }

// Title is what it is.
func (f Form) Title() string {
	if f.b.ID == "" {
		return f.S.T(words.OrgNewTitle)
	}
	return f.S.T(words.OrgDoChange)
}

// Update fills in and saves.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[places]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.Body = f.fields(msg.Got)
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[changed]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		return f, tea.Batch(shell.Back(), shell.Notify(shell.Good, msg.Got.said, "name", f.Body.Value("service")))
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	if f.Form = next; event == parts.FormSubmitted {
		return f.save()
	}
	return f, nil
}

func (f Form) fields(p places) parts.Form {
	name := parts.Field{Name: "service", Label: words.OrgName, Need: true, Max: maxName, Value: f.b.Name}
	above := parts.Field{Name: "cluster", Label: words.OrgPlace, Kind: parts.Choice, Value: f.b.ClusterID}
	if f.b.ID != "" {
		above.Options = append(above.Options, parts.Option{Label: f.b.Organisation})
	} else {
		for _, o := range p.organisations {
			above.Options = append(above.Options, parts.Option{Value: "o " + o.ID, Label: o.Name})
		}
		above.Value = above.Options[0].Value
	}
	for _, b := range p.tree {
		if b.IsCluster && b.ClosedOn == "" && (f.b.ID == "" || b.OrganisationID == f.b.OrganisationID && !f.b.IsCluster) {
			above.Options = append(above.Options, parts.Option{Value: b.ID, Label: b.Organisation + " > " + b.Name})
		}
	}
	if f.b.ID != "" {
		return parts.NewForm(words.OrgSave, name, above)
	}
	kind := parts.Field{Name: "kind", Label: words.OrgKind, Kind: parts.Choice, Value: kindService,
		Options: []parts.Option{{Value: kindService, Label: f.S.T(words.OrgKindService)}, {Value: kindCluster, Label: f.S.T(words.OrgKindCluster)}}}
	return parts.NewForm(words.OrgSave, name, kind, above)
}

func (f Form) save() (shell.Screen, tea.Cmd) {
	name, above := f.Body.Value("service"), f.Body.Value("cluster")
	f.Page = f.Acts(words.OrgSaving)
	if f.b.ID != "" {
		return f, page.Fetch(f.Acting, func() (changed, error) {
			return changed{words.OrgChanged}, f.people.ChangeService(f.S.Ctx, f.By(), f.b.ID, name, above)
		})
	}
	s := data.Service{Name: name, IsCluster: f.Body.Value("kind") == kindCluster}
	return f, page.Fetch(f.Acting, func() (changed, error) {
		return changed{words.OrgAdded}, f.add(s, above)
	})
}

// add puts a new service where the choice says: under an organisation ("o ID") or a cluster.
func (f Form) add(s data.Service, above string) error {
	if len(above) > 2 && above[:2] == "o " {
		s.OrganisationID = above[2:]
		_, err := f.people.AddService(f.S.Ctx, f.By(), s)
		return err
	}
	tree, err := f.people.Tree(f.S.Ctx, f.By())
	if err != nil {
		return err
	}
	for _, b := range tree {
		if b.ID == above {
			s.ClusterID, s.OrganisationID = b.ID, b.OrganisationID
		}
	}
	if s.IsCluster && s.ClusterID != "" {
		return &data.Invalid{Field: "cluster", Why: data.WhyServiceCluster}
	}
	_, err = f.people.AddService(f.S.Ctx, f.By(), s)
	return err
}

// LeaderForm names the head of a service, or somebody who stands in.
type LeaderForm struct {
	page.Form
	people  *data.People
	b       data.Branch
	standin bool
}

func newLeader(s *shell.Session, people *data.People, b data.Branch, standin bool) shell.Screen {
	fields := []parts.Field{{Name: "person", Label: words.OrgWho, Hint: words.OrgWhoHint, Need: true, Max: maxName}}
	lead := words.OrgHeadLead
	if standin {
		lead = words.OrgStandinLead
		fields = append(fields,
			parts.Field{Name: "from", Label: words.OrgFrom, Kind: parts.Day, Need: true, Value: data.DayOf(s.Now())},
			parts.Field{Name: "until", Label: words.OrgUntil, Hint: words.OrgUntilHint, Kind: parts.Day})
	}
	return LeaderForm{page.NewForm(s, lead, parts.NewForm(words.OrgSave, fields...)), people, b, standin}
}

// Init does nothing: all is known.
func (l LeaderForm) Init() tea.Cmd { return nil }

// Title is what is asked.
func (l LeaderForm) Title() string {
	if l.standin {
		return l.S.T(words.OrgDoStandin)
	}
	return l.S.T(words.OrgDoHead)
}

// Update fills in and saves.
func (l LeaderForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, is := msg.(page.DoneMsg[changed]); is {
		next, ok, tell := l.Settle(msg.Of, msg.Err)
		if l.Form = next; !ok {
			return l, tell
		}
		return l, tea.Batch(shell.Back(), shell.Notify(shell.Good, msg.Got.said, "name", l.b.Name))
	}
	next, event := l.Fill(msg)
	l.Form = next
	if event != parts.FormSubmitted {
		return l, nil
	}
	name, from, until := l.Body.Value("person"), l.Body.Value("from"), l.Body.Value("until")
	l.Page = l.Acts(words.OrgSaving)
	return l, page.Fetch(l.Acting, func() (changed, error) {
		who, err := l.people.PersonNamed(l.S.Ctx, l.By(), name)
		if err != nil {
			return changed{}, err
		}
		if l.standin {
			return changed{words.OrgChanged}, l.people.StandIn(l.S.Ctx, l.By(), data.Standin{ServiceID: l.b.ID, PersonID: who.ID, From: from, Until: until})
		}
		return changed{words.OrgChanged}, l.people.SetHead(l.S.Ctx, l.By(), l.b.ID, who.ID)
	})
}
