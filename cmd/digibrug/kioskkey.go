package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"
)

func (c *cli) kioskAdd() *cobra.Command {
	cmd := &cobra.Command{Use: "add NAAM", Short: nl.T(words.KioskPCCliAdd), Long: nl.T(words.KioskPCCliAddLong), Args: takes(1, 1)}
	kind := cmd.Flags().String("type", "", nl.T(words.KioskPCFlagType, "types", kioskKinds()))
	location := cmd.Flags().String("location", "", nl.T(words.KioskPCFlagPlace))
	out := cmd.Flags().String("out", ".", nl.T(words.KioskPCFlagOut))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "type", "location"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			name, err := data.ParseKioskName(args[0])
			if err != nil {
				return err
			}
			at, err := h.locationNamed(ctx, *location)
			if err != nil {
				return err
			}
			return c.withKioskKey(ctx, h, *out, name, words.KioskPCAdded, func(public string) (data.Kiosk, error) {
				return h.kiosks.Add(ctx, c.by(), data.NewKiosk{Name: name, Kind: data.KioskKind(*kind), LocationID: at.ID, Key: public})
			})
		})(cmd, args)
	}
	return cmd
}

func (c *cli) kioskKey() *cobra.Command {
	cmd := &cobra.Command{Use: "key NAAM", Short: nl.T(words.KioskPCCliKey), Args: takes(1, 1)}
	out := cmd.Flags().String("out", ".", nl.T(words.KioskPCFlagOut))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		k, err := h.kiosks.Find(ctx, c.by(), args[0])
		if err != nil {
			return missing(err, nl.T(words.KioskPCUnknown, "name", args[0]))
		}
		return c.withKioskKey(ctx, h, *out, k.Name, words.KioskPCRekeyed, func(public string) (data.Kiosk, error) {
			return h.kiosks.SetKey(ctx, c.by(), k.Name, public)
		})
	})
	return cmd
}

func kioskKinds() string {
	var all []string
	for _, k := range data.KioskKinds() {
		all = append(all, string(k))
	}
	return strings.Join(all, ", ")
}

// withKioskKey makes a key pair in dir, has its public half stored, and says what to do with the other. dir is made,
// for its owner alone, where it isn't there. When the key can't be stored, the files go again.
func (c *cli) withKioskKey(ctx context.Context, h *house, dir, name string, done words.Key, store func(public string) (data.Kiosk, error)) (err error) {
	cfg, err := c.configureReady(nil)
	if err != nil {
		return err
	}
	door, err := h.settings.Get(ctx, data.SettingDoor, "")
	if err != nil {
		return err
	}
	var folder traces
	defer func() {
		if err != nil {
			folder.undo()
		}
	}()
	if _, missing := os.Stat(dir); errors.Is(missing, fs.ErrNotExist) {
		if err := folder.dir(dir); err != nil {
			return err
		}
	}
	path := filepath.Join(dir, name)
	public, made, err := makeKioskKey(path, name)
	if err != nil {
		return err
	}
	k, err := store(public)
	if err != nil {
		made.undo()
		return err
	}
	folder = traces{} // from here on the key in it is in use
	one := kioskOf(k)
	one.KeyFile, one.SSH = path, cfg.kioskLine(path, door)
	if c.json {
		return c.printJSON(one)
	}
	if err := c.say(nl.T(done, "name", k.Name, "location", k.Location)); err != nil {
		return err
	}
	if _, ok := cfg.admitting(server.Kiosk); !ok {
		if err := c.say(nl.T(words.KioskPCDoctorNoDoor, "n", 1)); err != nil {
			return err
		}
	}
	return c.say(nl.T(words.KioskPCNext, "file", path, "public", path+".pub", "line", one.SSH))
}

// makeKioskKey writes a new key pair as ssh-keygen does: path for its owner alone, and path.pub. What is there
// already stays: it may be the key of a PC that is in use.
func makeKioskKey(path, name string) (public string, made traces, err error) {
	for _, there := range []string{path, path + ".pub"} {
		if _, err := os.Lstat(there); err == nil {
			return "", made, failed(nil, nl.T(words.KioskPCKeyThere, "path", there))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", made, err
		}
	}
	half, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", made, fmt.Errorf("make key of kiosk %s: %w", name, err)
	}
	key, err := gossh.NewPublicKey(half)
	if err != nil {
		return "", made, fmt.Errorf("make key of kiosk %s: %w", name, err)
	}
	comment := data.KioskLogin + "-" + name
	block, err := gossh.MarshalPrivateKey(secret, comment)
	if err != nil {
		return "", made, fmt.Errorf("make key of kiosk %s: %w", name, err)
	}
	public = strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key))) + " " + comment + "\n"
	for _, file := range []struct{ path, text string }{{path, string(pem.EncodeToMemory(block))}, {path + ".pub", public}} {
		if err := data.WriteNew(file.path, []byte(file.text)); err != nil {
			made.undo()
			return "", made, err
		}
		made.note(file.path)
	}
	return public, made, nil
}

// kioskLine is what a kiosk PC runs: to the first address that admits kiosks. door is the setting door.address, how PCs
// find the server; where it is empty they use the name of this machine.
func (cfg Config) kioskLine(key, door string) string {
	at, ok := cfg.admitting(server.Kiosk)
	if !ok {
		at.Listen = cfg.Listen
	}
	first, everywhere := at.Listen == cfg.Listen, false
	if host, port, err := net.SplitHostPort(at.Listen); err == nil {
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			at.Listen, everywhere = ":"+port, true // reached by a name
		}
	}
	host, port := hostPort(at.Listen, at.Listen)
	if name, outside, err := data.SplitDoor(door); err == nil && name != "" && everywhere {
		host = name
		if first {
			port = outside // it is the address that letters give
		}
	}
	return fmt.Sprintf("ssh -t -p %s -i %s %s@%s", port, quoted(key), data.KioskLogin, host)
}

// quoted writes a path so that a shell takes it as one word.
func quoted(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@", r)
	}) {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
