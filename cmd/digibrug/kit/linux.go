package kit

import (
	"fmt"

	"digibrug/tui/words"
)

// linux gives what people on a Linux desktop open, and what starts a kiosk.
func (k Kit) linux() []File {
	all := []File{
		{"digibrug.sh", k.text(k.script()), program},
		{"digibrug.desktop", k.text(k.desktop("digibrug.sh", words.ClientDesktop, true)), plain},
	}
	read := words.ClientReadLinux
	if k.Kiosk != "" {
		all = append(all,
			File{"digibrug-kiosk.sh", k.text(k.kioskScript()), program},
			File{"digibrug-kiosk.desktop", k.text(k.desktop("digibrug-kiosk.sh", words.ClientDesktopKiosk, true)), plain},
			File{"digibrug-kiosk.service", k.text(k.service()), plain})
		read = words.ClientReadLinuxKiosk
	}
	return append(all, File{"LEESMIJ.txt", k.text(k.readme(read)), plain})
}

// head begins a script beside which the other files lie.
func head(key words.Key) []string {
	return append(append([]string{"#!/bin/sh"}, comment("#", key)...), `cd "$(dirname "$(readlink -f "$0")")" || exit 1`)
}

// script starts ssh in the terminal that it is in.
func (k Kit) script() []string {
	lines := head(words.ClientShortcut)
	run := "ssh -F " + ConfigName + " -o UserKnownHostsFile=" + KnownName
	if k.Login == "" {
		lines = append(lines,
			"naam=",
			`while test -z "$naam"; do`,
			`  printf '%s ' '`+nl.T(words.ClientAskLogin)+`'`,
			"  IFS= read -r naam || exit 1",
			`  case $naam in`,
			`  *[!A-Za-z0-9._-]*) echo '`+nl.T(words.ClientBadLogin)+`'; naam= ;;`,
			"  esac",
			"done")
		run += ` -l "$naam"`
	}
	return append(lines, `echo '`+nl.T(words.ClientUnseen)+`'`, run+" "+screensHost, "code=$?",
		`if test "$code" -eq 255; then`,
		`  printf '\n%s\n' '`+nl.T(words.ClientNoLine, "help", k.Help)+`'`,
		`  printf '%s ' '`+nl.T(words.ClientPressEnter)+`'; read -r naam`,
		"fi", `exit "$code"`)
}

// kioskScript starts the kiosk again and again. It ends by itself only when it can't read its own folder.
func (k Kit) kioskScript() []string {
	return append(head(words.ClientShortcutKiosk), "trap '' INT QUIT TSTP", "while :; do", "  clear",
		"  ssh -F "+ConfigName+" -o UserKnownHostsFile="+KnownName+" -o IdentityFile="+k.keyName()+" "+kioskHost,
		"  echo '"+nl.T(words.ClientBackSoon)+"'", "  sleep 5", "done")
}

// desktop is an entry of the menu, or of the programs that start with a session.
func (k Kit) desktop(script string, name words.Key, terminal bool) []string {
	return []string{"[Desktop Entry]", "Type=Application", "Name=" + nl.T(name), "Comment=" + nl.T(words.ClientTitle),
		fmt.Sprintf(`Exec="%s/%s"`, k.At, script), fmt.Sprintf("Terminal=%v", terminal), "Icon=utilities-terminal", "Categories=Education;"}
}

// service runs the kiosk on the console of a PC without a desktop.
func (k Kit) service() []string {
	lines := comment("#", words.ClientService)
	return append(lines, "[Unit]", "Description=digibrug kiosk", "After=network-online.target systemd-user-sessions.service", "Wants=network-online.target", "Conflicts=getty@tty1.service", "",
		"[Service]", "User=kiosk", fmt.Sprintf(`ExecStart="%s/digibrug-kiosk.sh"`, k.At), "Environment=TERM=linux", "Restart=always", "RestartSec=5",
		"StandardInput=tty-force", "StandardOutput=tty", "TTYPath=/dev/tty1", "TTYReset=yes", "TTYVHangup=yes", "TTYVTDisallocate=yes", "NoNewPrivileges=yes", "",
		"[Install]", "WantedBy=multi-user.target")
}
