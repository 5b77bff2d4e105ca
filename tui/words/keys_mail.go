package words

// Sentences about the mail server.
const (
	MailConfHost     Key = "mail.conf_host"
	MailConfPort     Key = "mail.conf_port"
	MailConfTLS      Key = "mail.conf_tls"
	MailConfFrom     Key = "mail.conf_from"
	MailConfUser     Key = "mail.conf_user"
	MailConfPassword Key = "mail.conf_password"
	MailCoverSubject Key = "mail.cover_subject"
	MailCoverText    Key = "mail.cover_text"
	MailDoctor       Key = "mail.doctor"
	MailDoctorBad    Key = "mail.doctor_bad"
	MailDoctorPlain  Key = "mail.doctor_plain"
	MailDoctorOpen   Key = "mail.doctor_open"
)
