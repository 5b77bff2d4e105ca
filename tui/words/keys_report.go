package words

// Sentences of the room of lists and figures.
const (
	ReportTitle    Key = "report.title"
	ReportLoading  Key = "report.loading"
	ReportMaking   Key = "report.making"
	ReportNone     Key = "report.none"
	ReportOpen     Key = "report.open"
	ReportColTitle Key = "report.col_title"
	ReportColName  Key = "report.col_name"
	ReportXlsx     Key = "report.xlsx"
	ReportCsv      Key = "report.csv"
	ReportPdf      Key = "report.pdf"
	ReportMade     Key = "report.made"
)
