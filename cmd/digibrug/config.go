package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"
)

// Names in the data directory.
const (
	defaultData  = "./digibrug-data"
	configName   = "digibrug.toml"
	databaseName = "digibrug.db"
	hostKeyName  = "host_ed25519"
	filesKeyName = "host_files_ed25519"
	lockName     = "digibrug.lock"
)

// Config is how one digibrug is set up: flags over environment over the file over these defaults. It is
// read once and passed on as values.
type Config struct {
	Data   string // directory
	DB     string // url as configured; empty: the file in Data
	Listen string // of the screens door; of the first address that admits staff, when there are several
	Key    string // file of the host key, relative to Data

	Doors []doorAt // several addresses of the screens door; none: Listen alone, for everybody

	FilesListen string // of the files door; empty: it stays shut
	FilesKey    string // file of its host key, relative to Data

	OutboxFolder string // where papers for the folder go, relative to Data; empty: they wait
	OutboxPrint  string // command line for prints, see outbox.CommandSender; empty: they wait

	Mail MailServer

	Limits server.Limits
	Hash   data.HashParams

	LogFormat string // text or json
	LogLevel  slog.Level
}

func defaultConfig() Config {
	return Config{
		Data: defaultData, Listen: ":2222", Key: hostKeyName,
		FilesListen: "127.0.0.1:2223", FilesKey: filesKeyName,
		Mail: defaultMailServer(), Limits: server.DefaultLimits(), Hash: data.DefaultHashParams(), LogFormat: "text", LogLevel: slog.LevelInfo,
	}
}

// configure reads the configuration of this run. A file that is not there is fine: whether the directory
// must have been initialised is asked elsewhere. flags are those of the command, by name of the option.
func (c *cli) configure(flags map[string]string) (Config, error) {
	cfg := defaultConfig()
	given := environment(c.env)
	cfg.Data = firstOf(c.data, given["data"], cfg.Data)
	text, err := os.ReadFile(cfg.path(configName))
	switch {
	case err == nil:
		if err := cfg.readFile(string(text)); err != nil {
			return cfg, atPath(cfg.path(configName), err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return cfg, err
	}
	for _, o := range options() {
		if text, ok := given[o.name]; ok {
			if err := o.read(&cfg, text); err != nil {
				return cfg, failed(err, nl.T(words.CliConfigEnv, "name", envName(o.name), "text", sentence(err)))
			}
		}
		if text, ok := flags[o.name]; ok {
			if err := o.read(&cfg, text); err != nil {
				return cfg, err
			}
		}
	}
	if c.db != "" {
		cfg.DB = c.db
	}
	return cfg, cfg.Hash.Check()
}

// configureReady is configure for commands that need a directory that init has made.
func (c *cli) configureReady(flags map[string]string) (Config, error) {
	cfg, err := c.configure(flags)
	if err != nil {
		return cfg, err
	}
	if _, err := os.Stat(cfg.path(configName)); errors.Is(err, fs.ErrNotExist) {
		return cfg, failed(err, nl.T(words.CliNotInit, "dir", cfg.Data))
	} else if err != nil {
		return cfg, err
	}
	return cfg, nil
}

// atPath puts the name of the file before what is wrong in it.
func atPath(path string, err error) error {
	return failed(err, nl.T(words.CliConfigFile, "path", path, "text", sentence(err)))
}

// environment gives the DIGIBRUG_… variables by name of the option.
func environment(env []string) map[string]string {
	known := map[string]string{}
	for _, o := range options() {
		known[envName(o.name)] = o.name
	}
	known[envName("data")] = "data"
	given := map[string]string{}
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if option, ok := known[name]; ok && value != "" {
			given[option] = value
		}
	}
	return given
}

// unknownEnvironment lists the DIGIBRUG_… variables that mean nothing: typing errors, most likely.
func unknownEnvironment(env []string) (names []string) {
	known := map[string]bool{envName("data"): true}
	for _, o := range options() {
		known[envName(o.name)] = true
	}
	for _, pair := range env {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "DIGIBRUG_") && !strings.HasPrefix(name, "DIGIBRUG_TEST_") && !known[name] {
			names = append(names, name)
		}
	}
	return names
}

// envName is the variable of an option: screens.listen is DIGIBRUG_SCREENS_LISTEN.
func envName(option string) string {
	return "DIGIBRUG_" + strings.ToUpper(strings.ReplaceAll(option, ".", "_"))
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// path is a name in the data directory.
func (cfg Config) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(cfg.Data, name)
}

// url is where the database is.
func (cfg Config) url() string {
	if cfg.DB != "" {
		return cfg.DB
	}
	return "sqlite:" + cfg.path(databaseName)
}

// file is the path of an SQLite database; ok is false for another engine.
func (cfg Config) file() (path string, ok bool) { return strings.CutPrefix(cfg.url(), "sqlite:") }
