package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"digibrug/cmd/digibrug/kit"
	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"
)

func (c *cli) clientCommand() *cobra.Command {
	return c.group("client", words.ClientCli, c.clientKit(kit.Windows, words.ClientCliWindows), c.clientKit(kit.Linux, words.ClientCliLinux))
}

// onWindows is where the files lie on a PC with Windows, unless said otherwise.
const onWindows = `C:\ProgramData\digibrug`

// accessName is the page that lies beside the PC.
const accessName = "toegang.pdf"

// clientFlags are what was asked for.
type clientFlags struct {
	hosts                              []string
	port, files, at, login, kiosk, key string
	force                              bool
}

func (c *cli) clientKit(system kit.System, short words.Key) *cobra.Command {
	cmd := &cobra.Command{Use: string(system) + " MAP", Short: nl.T(short), Long: nl.T(words.ClientCliLong), Args: takes(1, 1)}
	var f clientFlags
	at := onWindows
	if system == kit.Linux {
		at = "MAP"
	}
	cmd.Flags().StringArrayVar(&f.hosts, "host", nil, nl.T(words.ClientFlagHost))
	cmd.Flags().StringVar(&f.port, "port", "", nl.T(words.ClientFlagPort))
	cmd.Flags().StringVar(&f.files, "files-port", "", nl.T(words.ClientFlagFiles))
	cmd.Flags().StringVar(&f.at, "at", "", nl.T(words.ClientFlagAt, "at", at))
	cmd.Flags().StringVar(&f.login, "login", "", nl.T(words.ClientFlagLogin))
	cmd.Flags().StringVar(&f.kiosk, "kiosk", "", nl.T(words.ClientFlagKiosk))
	cmd.Flags().StringVar(&f.key, "key", "", nl.T(words.ClientFlagKey))
	cmd.Flags().BoolVar(&f.force, "force", false, nl.T(words.ClientFlagForce))
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if f.key != "" && f.kiosk == "" {
			return misused(cmd, nl.T(words.ClientKeyAlone))
		}
		for flag, port := range map[string]string{"--port": f.port, "--files-port": f.files} {
			if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535) {
				return misused(cmd, nl.T(words.CliFlagWrong, "name", flag, "got", port))
			}
		}
		cfg, err := c.configureReady(nil)
		if err != nil {
			return err
		}
		h, err := open(cmd.Context(), cfg, quietLog(c.err), data.AsIs())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		return c.client(cmd.Context(), cfg, h, system, args[0], f)
	}
	return cmd
}

// client makes the files of a kit and writes them.
func (c *cli) client(ctx context.Context, cfg Config, h *house, system kit.System, dir string, f clientFlags) error {
	k, err := c.kitOf(ctx, cfg, h, f)
	if err != nil {
		return err
	}
	k.System = system
	if k.At, err = placeOn(system, dir, f.at); err != nil {
		return err
	}
	all, err := k.Make()
	if err != nil {
		return err
	}
	page, err := h.accessPage(ctx, k)
	if err != nil {
		return err
	}
	all = append(all, kit.File{Name: accessName, Body: page, Mode: 0o644})
	if err := writeKit(dir, all, f.force); err != nil {
		return err
	}
	if cfg.FilesListen != "" && k.Files == (kit.Door{}) && !c.json {
		said := nl.T(words.ClientFilesLeftOut)
		if cfg.filesAtHome(f.files, k.Hosts) {
			said = nl.T(words.ClientFilesAtHome, "listen", cfg.FilesListen)
		}
		if err := c.say(said); err != nil {
			return err
		}
	}
	names := make([]string, len(all))
	for i, file := range all {
		names[i] = file.Name
	}
	return c.done(map[string]any{"dir": dir, "files": names, "host": k.Hosts[0], "port": k.Screens.Port, "fingerprint": gossh.FingerprintSHA256(k.Screens.Key)},
		nl.T(words.ClientDone, "n", len(all), "dir", dir))
}

// kitOf gathers what a kit is made of.
func (c *cli) kitOf(ctx context.Context, cfg Config, h *house, f clientFlags) (k kit.Kit, err error) {
	help, err := h.settings.Get(ctx, data.SettingHelp, "")
	if err != nil {
		return k, err
	}
	k.Help = cmp.Or(help, nl.T(words.ClientHelpDefault))
	if f.login != "" {
		if k.Login, err = data.ParseLogin(f.login); err != nil {
			return k, err
		}
	}
	var port string
	if k.Hosts, port, err = h.reachedAt(ctx, f); err != nil {
		return k, err
	}
	key, err := hostKey(cfg.path(cfg.Key))
	if err != nil {
		return k, err
	}
	if port = cmp.Or(port, portOf(cfg.Listen)); port == "" {
		return k, failed(nil, nl.T(words.ClientNoPort, "listen", cfg.Listen))
	}
	k.Screens = kit.Door{Port: port, Key: key.PublicKey()}
	if k.Files, err = cfg.filesDoor(f.files, k.Hosts); err != nil {
		return k, err
	}
	return k, c.kitOfKiosk(ctx, cfg, h, f, &k)
}

// reachedAt is how PCs find the server: by the flags, or by what letters say. port is empty when nobody said.
func (h *house) reachedAt(ctx context.Context, f clientFlags) (hosts []string, port string, err error) {
	door, err := h.settings.Get(ctx, data.SettingDoor, "")
	if err != nil {
		return nil, "", err
	}
	name, port, err := data.SplitDoor(door)
	if err != nil {
		return nil, "", err
	}
	for _, one := range f.hosts {
		host, _, err := data.SplitDoor(one)
		if err != nil || host == "" || host != one {
			return nil, "", wrong("--host", data.WhySyntax, "digibrug.gemeente.be", one)
		}
		hosts = append(hosts, host)
	}
	if len(hosts) == 0 && name != "" {
		hosts = []string{name}
	}
	if len(hosts) == 0 {
		return nil, "", failed(nil, nl.T(words.ClientNoHost))
	}
	return hosts, cmp.Or(f.port, port), nil
}

// portOf is the port of an address, empty for one that the system chooses.
func portOf(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil || port == "0" {
		return ""
	}
	return port
}

// filesAtHome tells whether the files door is open to this machine alone, as it is unless somebody sets files.listen,
// and the PCs are others. A port that was asked for leads somewhere else.
func (cfg Config) filesAtHome(asked string, hosts []string) bool {
	home := func(host string) bool {
		ip := net.ParseIP(host)
		return host == "localhost" || ip != nil && ip.IsLoopback()
	}
	host, _, err := net.SplitHostPort(cfg.FilesListen)
	return asked == "" && err == nil && home(host) && slices.ContainsFunc(hosts, func(h string) bool { return !home(h) })
}

// filesDoor is the files door as PCs find it; the zero door when it is shut, can't be reached from them, or has no key
// yet.
func (cfg Config) filesDoor(port string, hosts []string) (kit.Door, error) {
	if cfg.filesAtHome(port, hosts) {
		return kit.Door{}, nil
	}
	if port = cmp.Or(port, portOf(cfg.FilesListen)); cfg.FilesListen == "" || port == "" {
		return kit.Door{}, nil
	}
	key, err := hostKey(cfg.path(cfg.FilesKey))
	switch {
	case errors.Is(err, server.ErrNoHostKey):
		return kit.Door{}, nil
	case err != nil:
		return kit.Door{}, err
	}
	return kit.Door{Port: port, Key: key.PublicKey()}, nil
}

// kitOfKiosk adds what a kiosk needs.
func (c *cli) kitOfKiosk(ctx context.Context, cfg Config, h *house, f clientFlags, k *kit.Kit) error {
	if f.kiosk == "" {
		return nil
	}
	one, err := h.kiosks.Find(ctx, c.by(), f.kiosk)
	if err != nil {
		return missing(err, nl.T(words.KioskPCUnknown, "name", f.kiosk))
	}
	at, ok := cfg.admitting(server.Kiosk)
	if !ok {
		return failed(nil, nl.T(words.ClientNoKioskDoor))
	}
	k.Kiosk, k.KioskAt = one.Name, k.Screens
	if at.Listen != cfg.Listen {
		if k.KioskAt.Port = portOf(at.Listen); k.KioskAt.Port == "" {
			return failed(nil, nl.T(words.ClientNoPort, "listen", at.Listen))
		}
	}
	if f.key == "" {
		return nil
	}
	text, err := os.ReadFile(f.key)
	if err != nil {
		return err
	}
	key, err := gossh.ParsePrivateKey(text)
	if err != nil {
		return failed(err, nl.T(words.ClientKeyBad, "path", f.key, "cause", err.Error()))
	}
	if gossh.FingerprintSHA256(key.PublicKey()) != one.Fingerprint {
		return failed(nil, nl.T(words.ClientKeyOther, "kiosk", one.Name, "fingerprint", one.Fingerprint))
	}
	k.KioskKey = text
	return nil
}

// placeOn is the folder on the PC in which the files will lie.
func placeOn(system kit.System, dir, at string) (string, error) {
	switch {
	case at == "" && system == kit.Windows:
		at = onWindows
	case at == "":
		whole, err := filepath.Abs(dir)
		if err != nil {
			return "", err
		}
		at = whole
	}
	if !kit.GoodPath(system, at) {
		return "", failed(nil, nl.T(words.ClientBadAt, "at", at))
	}
	return at, nil
}

// accessPage is the page that lies beside the PC.
func (h *house) accessPage(ctx context.Context, k kit.Kit) ([]byte, error) {
	place, err := h.settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return nil, err
	}
	help, err := h.settings.Get(ctx, data.SettingHelp, "")
	if err != nil {
		return nil, err
	}
	least, err := h.settings.Get(ctx, data.SettingPasswordMin, strconv.Itoa(data.DefaultPasswordMin))
	if err != nil {
		return nil, err
	}
	a := papers.Access{Place: place, At: h.db.Now(), Host: k.Hosts[0], Port: k.Screens.Port, Windows: k.System == kit.Windows, Login: k.Login, Help: help,
		Screens: gossh.FingerprintSHA256(k.Screens.Key)}
	if a.Least, err = strconv.Atoi(least); err != nil {
		return nil, err
	}
	if k.Files.Key != nil {
		a.Files = gossh.FingerprintSHA256(k.Files.Key)
	}
	var out bytes.Buffer
	err = papers.WriteAccess(&out, a)
	return out.Bytes(), err
}

// writeKit writes the files; when one can't be written, those before it go again. Files that are there stay, unless
// force says that they may go; then nothing is left of them, also where one was a link.
func writeKit(dir string, all []kit.File, force bool) (err error) {
	for _, f := range all {
		if _, err := os.Lstat(filepath.Join(dir, f.Name)); err == nil && !force {
			return failed(nil, nl.T(words.ClientThere, "path", filepath.Join(dir, f.Name)))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var made traces
	defer func() {
		if err != nil {
			made.undo()
		}
	}()
	for _, f := range all {
		path := filepath.Join(dir, f.Name)
		if force {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := data.WriteNew(path, f.Body); err != nil {
			return err
		}
		made.note(path)
		if err := os.Chmod(path, f.Mode); err != nil {
			return err
		}
	}
	return nil
}
