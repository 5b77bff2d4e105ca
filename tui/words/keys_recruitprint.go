package words

// Sentences of the papers of a recruitment, as who recruits picks them.
const (
	RecruitprintRow           Key = "recruitprint.row"
	RecruitprintAre           Key = "recruitprint.are"
	RecruitprintTitle         Key = "recruitprint.title"
	RecruitprintLead          Key = "recruitprint.lead"
	RecruitprintLeadSealed    Key = "recruitprint.lead_sealed"
	RecruitprintColPaper      Key = "recruitprint.col_paper"
	RecruitprintColForms      Key = "recruitprint.col_forms"
	RecruitprintOpen          Key = "recruitprint.open"
	RecruitprintCandidate     Key = "recruitprint.candidate"
	RecruitprintCandidateHint Key = "recruitprint.candidate_hint"
	RecruitprintEverybody     Key = "recruitprint.everybody"
	RecruitprintLanguage      Key = "recruitprint.language"
	RecruitprintLanguageHint  Key = "recruitprint.language_hint"
	RecruitprintAsInvited     Key = "recruitprint.as_invited"
	RecruitprintForm          Key = "recruitprint.form"
	RecruitprintMake          Key = "recruitprint.make"
	RecruitprintMaking        Key = "recruitprint.making"
	RecruitprintPDF           Key = "recruitprint.format.pdf"
	RecruitprintXLSX          Key = "recruitprint.format.xlsx"
	RecruitprintText          Key = "recruitprint.format.table"
	RecruitprintCSV           Key = "recruitprint.format.csv"
	RecruitprintJSON          Key = "recruitprint.format.json"
)
