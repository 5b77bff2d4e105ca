package words

// Sentences of the files door: what people read who fetch papers with sftp, scp or a script.
const (
	FilesReadme           Key = "files.readme"
	FilesReadmeList       Key = "files.readme_list"
	FilesReadmeFolder     Key = "files.readme_folder"
	FilesReadmeProcedures Key = "files.readme_procedures"
	FilesReadmeAsks       Key = "files.readme_asks"
	FilesReadmeNone       Key = "files.readme_none"

	FilesFailed   Key = "files.failed"
	FilesStop     Key = "files.stop"
	FilesNoFile   Key = "files.no_file"
	FilesFolder   Key = "files.folder"
	FilesTooMany  Key = "files.too_many"
	FilesReadOnly Key = "files.read_only"
	FilesNoLink   Key = "files.no_link"

	FilesNoShell   Key = "files.no_shell"
	FilesOldScp    Key = "files.old_scp"
	FilesUnknown   Key = "files.unknown"
	FilesQuotes    Key = "files.quotes"
	FilesNoReport  Key = "files.no_report"
	FilesNoReports Key = "files.no_reports"
	FilesFlag      Key = "files.flag"
	FilesValue     Key = "files.value"
	FilesFormat    Key = "files.format"
	FilesDay       Key = "files.day"
	FilesLimit     Key = "files.limit"

	FilesConfListen    Key = "files.conf_listen"
	FilesConfHostKey   Key = "files.conf_host_key"
	FilesFlagListen    Key = "files.flag_listen"
	FilesPortUsed      Key = "files.port_used"
	FilesPortBad       Key = "files.port_bad"
	FilesSameKey       Key = "files.same_key"
	FilesReady         Key = "files.ready"
	FilesDemoReady     Key = "files.demo_ready"
	FilesDoctorKey     Key = "files.doctor_key"
	FilesDoctorNoKey   Key = "files.doctor_no_key"
	FilesDoctorOff     Key = "files.doctor_off"
	FilesDoctorAddress Key = "files.doctor_address"
)
