package words

// Sentences of the lists and documents of a recruitment.
const (
	RecruitpaperNames       Key = "recruitpaper.names"
	RecruitpaperNamesSecret Key = "recruitpaper.names_secret"
	RecruitpaperNamesAfter  Key = "recruitpaper.names_after"
	RecruitpaperProcedure   Key = "recruitpaper.procedure"
	RecruitpaperVacancy     Key = "recruitpaper.vacancy"
	RecruitpaperDay         Key = "recruitpaper.day"
	RecruitpaperHours       Key = "recruitpaper.hours"
	RecruitpaperPlace       Key = "recruitpaper.place"
	RecruitpaperCandidates  Key = "recruitpaper.candidates"
	RecruitpaperSupervisor  Key = "recruitpaper.supervisor"
	RecruitpaperWithdrew    Key = "recruitpaper.withdrew"
	RecruitpaperColLabel    Key = "recruitpaper.col_label"
	RecruitpaperColName     Key = "recruitpaper.col_name"
	RecruitpaperColSettings Key = "recruitpaper.col_settings"
	RecruitpaperColCard     Key = "recruitpaper.col_card"
	RecruitpaperColSigned   Key = "recruitpaper.col_signed"
)
