package admin

import (
	"context"
	"errors"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// accountAdder is what the form for a new account needs of the ground floor; *data.Accounts has it.
type accountAdder interface {
	AddWithPerson(ctx context.Context, by data.Actor, given, family string, e data.Employment, n data.NewAccount) (data.Account, error)
	Add(ctx context.Context, by data.Actor, n data.NewAccount) (data.Account, error)
}

// AccountForm takes a new account, of a new person or of one whom the house knows.
type AccountForm struct {
	page.Form
	store    accountAdder
	people   people
	person   data.Person // whose account it is; without an ID the form asks for a new one
	fresh    func() string
	proposed string // what the program put in the log-in field
}

// maxPersonName is how many characters a name or function takes.
const maxPersonName = 80

// NewAccountForm opens the form.
func NewAccountForm(s *shell.Session, store accountAdder, people people) shell.Screen {
	return newAccountForm(s, store, people, data.NewPassword)
}

// NewAccountFor opens the form for an account of somebody whom the house knows.
func NewAccountFor(s *shell.Session, store accountAdder, person data.Person) shell.Screen {
	a := AccountForm{Form: page.NewForm(s, words.AdminAccountForLead, parts.Form{}), store: store, person: person, fresh: data.NewPassword,
		proposed: data.LoginFor(person.Given, person.Family)}
	a.Body = parts.NewForm(words.AdminAccountSave, a.accountFields()...)
	return a
}

func newAccountForm(s *shell.Session, store accountAdder, people people, fresh func() string) shell.Screen {
	return AccountForm{Form: page.LoadingForm(s, words.AdminServicesLoading, words.AdminAccountLead),
		store: store, people: people, fresh: fresh}
}

func (a AccountForm) load() tea.Cmd {
	if a.person.ID != "" {
		return nil
	}
	return page.Fetch(a.Loading, func() (places, error) { return loadPlaces(a.S.Ctx, a.people) })
}

// Init loads the services.
func (a AccountForm) Init() tea.Cmd { return a.load() }

// Title is what it is.
func (a AccountForm) Title() string { return a.S.T(words.AdminAccountTitle) }

// Update fills in and saves.
func (a AccountForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[places]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			a.Body = a.fields(msg.Got)
			a.Form = a.Sized()
		}
		return a, tell
	case page.DoneMsg[issued]:
		next, ok, tell := a.Form.Settle(msg.Of, loginError(msg.Err))
		if a.Form = next; !ok {
			return a, tell
		}
		return a, shell.Replace(newIssued(a.S, msg.Got))
	}
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.load()
	}
	next, event := a.Form.Fill(msg)
	a.Form = next
	switch event {
	case parts.FormChanged:
		return a.proposing(), nil
	case parts.FormSubmitted:
		return a.save()
	}
	return a, nil
}

func (a AccountForm) fields(p places) parts.Form {
	services := append([]parts.Option{{Label: a.S.T(words.AdminServiceChoose)}}, p.options()...)
	return parts.NewForm(words.AdminAccountSave, append([]parts.Field{
		{Name: "given", Label: words.AdminGiven, Need: true, Max: maxPersonName},
		{Name: "family", Label: words.AdminFamily, Need: true, Max: maxPersonName},
		{Name: "service", Label: words.AdminService, Kind: parts.Choice, Need: true, Options: services},
		{Name: "job", Label: words.AdminJob, Hint: words.AdminJobHint, Max: maxPersonName},
	}, a.accountFields()...)...)
}

// accountFields are those of the account itself.
func (a AccountForm) accountFields() []parts.Field {
	var roles []parts.Option
	for _, r := range data.Roles() {
		roles = append(roles, parts.Option{Value: string(r), Label: a.S.RoleName(r)})
	}
	return []parts.Field{
		{Name: "login", Label: words.AdminLogin, Hint: words.AdminLoginHint, Max: 32, Check: checkLogin, Value: a.proposed},
		{Name: "roles", Label: words.AdminRoles, Kind: parts.Many, Need: true, Options: roles, Value: string(data.RoleStaff)},
	}
}

// proposing keeps the log-in field in step with the name until somebody typed another one there.
func (a AccountForm) proposing() AccountForm {
	if a.person.ID != "" {
		return a
	}
	next := ""
	if a.Body.Value("given") != "" && a.Body.Value("family") != "" {
		next = data.LoginFor(a.Body.Value("given"), a.Body.Value("family"))
	}
	if a.Body.Value("login") == a.proposed && next != a.proposed {
		a.Body, a.proposed = a.Body.Set(a.S.Look(), "login", next), next
	}
	return a
}

func checkLogin(login string) error {
	_, err := data.ParseLogin(login)
	return loginError(err)
}

// loginError puts what is wrong with a role under the field that holds them all.
func loginError(err error) error {
	var bad *data.Invalid
	if errors.As(err, &bad) && bad.Field == "role" {
		return &data.Invalid{Field: "roles", Why: bad.Why, Got: bad.Got}
	}
	return err
}

// save adds person and account with a first password.
func (a AccountForm) save() (shell.Screen, tea.Cmd) {
	given, family := a.person.Given, a.person.Family
	if a.person.ID == "" {
		given, family = a.Body.Value("given"), a.Body.Value("family")
	}
	login := a.Body.Value("login")
	if login == "" {
		login = data.LoginFor(given, family)
		a.Body, a.proposed = a.Body.Set(a.S.Look(), "login", login), login
	}
	if err := checkLogin(login); err != nil {
		a.Form, _ = a.Blamed(err)
		return a, nil
	}
	n := data.NewAccount{PersonID: a.person.ID, Login: login, Password: a.fresh()}
	for _, r := range a.Body.Values("roles") {
		n.Roles = append(n.Roles, data.Role(r))
	}
	a.Page = a.Acts(words.AdminAccountAdding)
	name := data.Person{Given: given, Family: family}.Name()
	if a.person.ID != "" {
		return a, page.Fetch(a.Acting, func() (issued, error) {
			added, err := a.store.Add(a.S.Ctx, a.By(), n)
			return issued{name, added.Login, n.Password}, err
		})
	}
	job := data.Employment{ServiceID: a.Body.Value("service"), Job: a.Body.Value("job"), From: data.DayOf(a.S.Now())}
	return a, page.Fetch(a.Acting, func() (issued, error) {
		added, err := a.store.AddWithPerson(a.S.Ctx, a.By(), given, family, job, n)
		return issued{name, added.Login, n.Password}, err
	})
}
