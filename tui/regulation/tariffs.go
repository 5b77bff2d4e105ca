package regulation

import (
	"cmp"
	"strconv"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// notWhole says that a field takes whole numbers.
func notWhole(field, got string) error {
	return &data.Invalid{Field: field, Why: data.WhyNumber, Got: data.Clean(got, 20)}
}

// newTariffs lists the tariffs. Why somebody has one, only the OCMW knows.
func newTariffs(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[loans.Tariff]{
		title: words.LoanruleTariffs,
		columns: []parts.Column{{Title: words.LoanruleColCode, Min: 8}, {Title: words.LoanruleColName, Min: 16, Grow: 1}, {Title: words.LoanruleColDeposit, Min: 10, Right: true},
			{Title: words.LoanruleColFee, Min: 10, Right: true}},
		load: func() ([]loans.Tariff, error) { return desk.Loans.Tariffs(s.Ctx, r.By()) },
		id:   func(t loans.Tariff) string { return t.Code },
		cells: func(t loans.Tariff) []string {
			return []string{t.Code, t.Name, percent(t.DepositPercent), percent(t.FeePercent)}
		},
		above: func([]loans.Tariff) string { return s.T(words.LoanruleTariffsLead) + "\n" },
		none:  words.LoanruleTariffsNone, does: words.LoanruleChange,
		opens: func(t loans.Tariff) shell.Screen { return newTariff(s, desk, &t) },
		adds:  func([]loans.Tariff) shell.Screen { return newTariff(s, desk, nil) },
	})
}

func percent(n int64) string { return strconv.FormatInt(n, 10) + " %" }

// newTariff adds a tariff, or changes one (was), whose code stays.
func newTariff(s *shell.Session, desk Desk, was *loans.Tariff) shell.Screen {
	title, old := words.LoanruleTariffNew, loans.Tariff{DepositPercent: 50, FeePercent: 50}
	if was != nil {
		title, old = words.LoanruleTariffChange, *was
	}
	f := newForm(s, desk, title, words.LoanruleTariffLead)
	f.fields = func(f Form) parts.Form {
		all := []parts.Field{
			{Name: "name", Label: words.LoanruleColName, Hint: words.LoanruleTariffNameHint, Need: true, Max: maxName, Value: old.Name},
			{Name: "deposit", Label: words.LoanruleTariffDeposit, Kind: parts.Number, Need: true, Low: 0, High: 100, Value: strconv.FormatInt(old.DepositPercent, 10)},
			{Name: "fee", Label: words.LoanruleTariffFee, Kind: parts.Number, Need: true, Low: 0, High: 100, Value: strconv.FormatInt(old.FeePercent, 10)},
		}
		if was == nil {
			all = append([]parts.Field{{Name: "tariff", Label: words.LoanruleColCode, Hint: words.LoanruleTariffCodeHint, Need: true, Max: 8}}, all...)
		}
		return parts.NewForm(words.LoanruleSave, all...)
	}
	f.save = func(f Form) (func() (saved, error), error) {
		t := loans.Tariff{Code: cmp.Or(old.Code, f.Body.Value("tariff")), Name: f.Body.Value("name")}
		for _, p := range []struct {
			name string
			into *int64
		}{{"deposit", &t.DepositPercent}, {"fee", &t.FeePercent}} {
			n, err := strconv.ParseInt(f.Body.Value(p.name), 10, 64)
			if err != nil {
				return nil, notWhole(p.name, f.Body.Value(p.name))
			}
			*p.into = n
		}
		return func() (saved, error) {
			return saved{words.LoanruleTariffSaved, []any{"name", t.Name}}, f.desk.Loans.PutTariff(f.S.Ctx, f.By(), t)
		}, nil
	}
	return f
}

// keepDays is what holds where nothing was set.
const keepDays = "730"

// newSettings changes the settings of the desk.
func newSettings(s *shell.Session, desk Desk) shell.Screen {
	f := newForm(s, desk, words.LoanruleSettings, words.LoanruleSettingsLead)
	f.fields = func(f Form) parts.Form {
		return parts.NewForm(words.LoanruleSave, f.room().cashField(cmp.Or(f.st.cash, "0")),
			parts.Field{Name: loans.SettingKeepDays, Label: words.LoanruleKeepDays, Hint: words.LoanruleKeepDaysHint, Kind: parts.Number, Need: true, Low: 0, High: largestCount, Value: cmp.Or(f.st.keep, keepDays)})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		was := map[string]string{loans.SettingCash: cmp.Or(f.st.cash, "0"), loans.SettingKeepDays: cmp.Or(f.st.keep, keepDays)}
		now := map[string]string{loans.SettingCash: f.Body.Value(loans.SettingCash), loans.SettingKeepDays: f.Body.Value(loans.SettingKeepDays)}
		return func() (saved, error) {
			for _, key := range []string{loans.SettingCash, loans.SettingKeepDays} {
				if was[key] == now[key] {
					continue
				}
				if err := f.desk.Loans.Set(f.S.Ctx, f.By(), key, now[key]); err != nil {
					return saved{}, err
				}
			}
			return saved{said: words.LoanruleSettingsSaved}, nil
		}, nil
	}
	return f
}

// cashField asks whether the desk takes cash.
func (r room) cashField(value string) parts.Field {
	return parts.Field{Name: loans.SettingCash, Label: words.LoanruleCash, Hint: words.LoanruleCashHint, Kind: parts.Choice, Need: true, Value: value,
		Options: []parts.Option{{Value: "0", Label: r.S.T(words.LoanruleCashNo)}, {Value: "1", Label: r.S.T(words.LoanruleCashYes)}}}
}
