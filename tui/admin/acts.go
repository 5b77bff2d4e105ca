package admin

import "digibrug/tui/words"

// actNames says what an act of the audit log is called. An act without a name shows its code.
var actNames = map[string]words.Key{
	"account.add":      words.AdminActAccountAdd,
	"account.disable":  words.AdminActAccountDisable,
	"account.enable":   words.AdminActAccountEnable,
	"attempt.start":    words.AdminActAttemptStart,
	"attempt.end":      words.AdminActAttemptEnd,
	"campaign.create":  words.AdminActCampaignCreate,
	"campaign.open":    words.AdminActCampaignOpen,
	"campaign.discard": words.AdminActCampaignDiscard,
	"campaign.close":   words.AdminActCampaignClose,
	"key.add":          words.AdminActKeyAdd,
	"key.remove":       words.AdminActKeyRemove,
	"login":            words.AdminActLogin,
	"login.guessing":   words.AdminActGuessing,
	"organisation.add": words.AdminActOrganisationAdd,
	"password.change":  words.AdminActPasswordChange,
	"password.reset":   words.AdminActPasswordReset,
	"person.add":       words.AdminActPersonAdd,
	"role.grant":       words.AdminActRoleGrant,
	"role.revoke":      words.AdminActRoleRevoke,
	"service.add":      words.AdminActServiceAdd,
	"service.head":     words.AdminActServiceHead,
	"setting.set":      words.AdminActSettingSet,
}

func (p desk) actName(code string) string {
	if name, ok := actNames[code]; ok {
		return p.S.T(name)
	}
	return code
}

// detailNames says what a detail of an act is called.
var detailNames = map[string]words.Key{
	"ended":       words.AdminDetailEnded,
	"failures":    words.AdminDetailFailures,
	"fingerprint": words.AdminKeyPrint,
	"from":        words.AdminDetailFrom,
	"how":         words.AdminDetailHow,
	"method":      words.AdminDetailMethod,
	"name":        words.AdminDetailName,
	"role":        words.AdminDetailRole,
	"title":       words.AdminTitle,
	"until":       words.AdminDetailUntil,
	"value":       words.AdminDetailValue,
}

// detailName is the name of a detail, or its code: text that is no key shows as it is.
func detailName(code string) words.Key {
	if name, ok := detailNames[code]; ok {
		return name
	}
	return words.Key(code)
}
