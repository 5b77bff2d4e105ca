package kit

import (
	"encoding/json"
	"fmt"

	"digibrug/tui/words"
)

// windows gives what people on Windows click on, and how to put it in its place.
func (k Kit) windows() ([]File, error) {
	putty, err := k.putty()
	if err != nil {
		return nil, err
	}
	terminal, err := k.terminal()
	if err != nil {
		return nil, err
	}
	all := []File{
		{"digibrug.cmd", k.text(k.batch()), plain},
		{"windows-terminal.json", terminal, plain},
		{"putty.reg", k.text(putty), plain},
		{"digibrug-putty.cmd", k.text([]string{"@echo off", "start \"\" putty.exe -load " + puttyName}), plain},
	}
	read := words.ClientReadWindows
	if k.Kiosk != "" {
		all = append(all, File{"digibrug-kiosk.cmd", k.text(k.kioskBatch()), plain})
		read = words.ClientReadWindowsKiosk
	}
	return append(all, File{"LEESMIJ.txt", k.text(k.readme(read)), plain}), nil
}

// letters are those of a log-in name. A name is tested for others before it goes on a command line.
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

// batch starts ssh in a console window. The files are found beside it, wherever they lie: known_hosts is named
// anew, without a path, since ssh takes quotes and backslashes of a path in its own way.
func (k Kit) batch() []string {
	lines := []string{"@echo off"}
	lines = append(lines, comment("rem", words.ClientShortcut)...)
	lines = append(lines, "setlocal EnableExtensions EnableDelayedExpansion", "chcp 65001 >nul", "title digibrug", `pushd "%~dp0"`, "echo.")
	if k.Login == "" {
		lines = append(lines,
			":vraag",
			`set "naam="`,
			`set /p "naam=`+nl.T(words.ClientAskLogin)+` "`,
			"if not defined naam goto vraag",
			// A quote in a name would begin an option of ssh. The loop finds what no name has; its sign for a comment is a
			// letter of names, and never the first of what it looks at, so that it takes nothing for a comment.
			`for /f "eol=_ delims=`+letters+`" %%t in ("x!naam!") do (`,
			"echo "+nl.T(words.ClientBadLogin),
			"goto vraag",
			")",
			"echo "+nl.T(words.ClientUnseen),
			`ssh -F `+ConfigName+` -o UserKnownHostsFile=`+KnownName+` -l "!naam!" `+screensHost)
	} else {
		lines = append(lines, "echo "+nl.T(words.ClientUnseen), `ssh -F `+ConfigName+` -o UserKnownHostsFile=`+KnownName+` `+screensHost)
	}
	return append(lines,
		"if not errorlevel 255 goto eind",
		"echo.",
		"echo "+nl.T(words.ClientNoLine, "help", k.Help),
		"pause",
		":eind",
		"popd")
}

// kioskBatch starts the kiosk again and again.
func (k Kit) kioskBatch() []string {
	lines := append([]string{"@echo off"}, comment("rem", words.ClientShortcutKiosk)...)
	return append(lines, "chcp 65001 >nul", "title digibrug", `pushd "%~dp0"`, ":begin", "cls",
		"ssh -F "+ConfigName+" -o UserKnownHostsFile="+KnownName+" -o IdentityFile="+k.keyName()+" "+kioskHost,
		"echo "+nl.T(words.ClientBackSoon), "ping -n 6 127.0.0.1 >nul", "goto begin")
}

// terminal gives a fragment for Windows Terminal: profiles that it shows beside its own.
func (k Kit) terminal() ([]byte, error) {
	type font struct {
		Size int `json:"size"`
	}
	type profile struct {
		Name        string `json:"name"`
		CommandLine string `json:"commandline"`
		StartingAt  string `json:"startingDirectory"`
		CloseOnExit string `json:"closeOnExit"`
		Keep        bool   `json:"suppressApplicationTitle"`
		TabTitle    string `json:"tabTitle"`
		Font        font   `json:"font"`
	}
	one := func(name, batch string) profile {
		return profile{Name: name, CommandLine: fmt.Sprintf(`"%s\%s"`, k.At, batch), StartingAt: k.At, CloseOnExit: "always", Keep: true, TabTitle: name, Font: font{14}}
	}
	doc := struct {
		Profiles []profile `json:"profiles"`
	}{[]profile{one("digibrug", "digibrug.cmd")}}
	if k.Kiosk != "" {
		doc.Profiles = append(doc.Profiles, one("digibrug kiosk", "digibrug-kiosk.cmd"))
	}
	text, err := json.MarshalIndent(doc, "", "  ")
	return append(text, '\n'), err
}
