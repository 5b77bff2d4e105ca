package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// plan is what campaign create was given.
type plan struct {
	title, opens, closes, services, domains, blueprint, explain, offer string
	perCell, entry, minutes                                            int
}

func (c *cli) campaignCreate() *cobra.Command {
	var p plan
	cmd := &cobra.Command{Use: "create", Short: nl.T(words.CliCampaignCreate), Long: nl.T(words.CliCampaignCreateLong), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&p.title, "title", "", nl.T(words.CliFlagTitle))
	f.StringVar(&p.opens, "opens", "", nl.T(words.CliFlagOpens))
	f.StringVar(&p.closes, "closes", "", nl.T(words.CliFlagCloses))
	f.StringVar(&p.services, "services", "all", nl.T(words.CliFlagServices))
	f.StringVar(&p.domains, "domains", everyDomain, nl.T(words.CliFlagDomains))
	f.IntVar(&p.perCell, "per-cell", 3, nl.T(words.CliFlagPerCell))
	f.StringVar(&p.blueprint, "blueprint", "", nl.T(words.CliFlagBlueprint))
	f.IntVar(&p.entry, "entry", 3, nl.T(words.CliFlagEntry))
	f.IntVar(&p.minutes, "limit", 0, nl.T(words.CliFlagLimit))
	f.StringVar(&p.explain, "explain", string(quiz.ExplainAtSubmit), nl.T(words.CliFlagExplain))
	f.StringVar(&p.offer, "offer", "", nl.T(words.CliFlagOffer))
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if err := needs(cmd, "title", "opens", "closes"); err != nil {
			return err
		}
		if p.blueprint != "" && (f.Changed("domains") || f.Changed("per-cell") || f.Changed("entry")) {
			return misused(cmd, nl.T(words.CliBlueprintOr))
		}
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		k, err := p.campaign(cmd.Context(), h)
		if err != nil {
			return err
		}
		if k, err = h.quiz.Create(cmd.Context(), c.by(), k); err != nil {
			return err
		}
		return c.done(map[string]any{"id": k.ID, "title": k.Title, "state": k.State, "items": k.Blueprint.Total()},
			nl.T(words.CliCampaignCreated, "title", k.Title, "id", k.ID, "n", k.Blueprint.Total()))
	}
	return cmd
}

func (p plan) campaign(ctx context.Context, h *house) (k quiz.Campaign, err error) {
	k = quiz.Campaign{Title: p.title, OpensOn: isoDay(p.opens), ClosesOn: isoDay(p.closes), Limit: time.Duration(p.minutes) * time.Minute,
		Explain: quiz.Explaining(p.explain), Offer: p.offer}
	if k.Services, err = h.invited(ctx, p.services); err != nil {
		return k, err
	}
	if p.blueprint != "" {
		k.Blueprint, err = readBlueprint(p.blueprint)
		return k, err
	}
	banks, err := h.quiz.Banks(ctx)
	if err == nil {
		banks, err = about(banks, p.domains)
	}
	if err != nil {
		return k, err
	}
	k.Blueprint = evenly(banks, p.perCell, p.entry)
	return k, nil
}

// everyDomain stands for all domains that have a bank.
const everyDomain = "all"

// about gives the banks of domains by code: all, or those between commas.
func about(banks []quiz.Bank, list string) (chosen []quiz.Bank, err error) {
	if list == everyDomain {
		return banks, nil
	}
	var known []string
	for _, b := range banks {
		known = append(known, b.Domain)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for code := range strings.SplitSeq(list, ",") {
		code = strings.ToLower(strings.TrimSpace(code))
		if !slices.Contains(known, code) {
			return nil, failed(data.ErrNotFound, nl.T(words.CliNoDomain, "name", code, "known", strings.Join(known, ", ")))
		}
		for _, b := range banks {
			if b.Domain == code {
				chosen = append(chosen, b)
			}
		}
	}
	return chosen, nil
}

// evenly asks as many items of every level in every domain.
func evenly(banks []quiz.Bank, perCell, entry int) quiz.Blueprint {
	b := quiz.Blueprint{Entry: entry}
	for _, bank := range banks {
		if slices.Contains(b.Domains(), bank.Domain) {
			continue
		}
		for level := 1; level <= 4; level++ {
			b.Cells = append(b.Cells, quiz.Cell{Domain: bank.Domain, Level: level, Count: perCell})
		}
	}
	return b
}

// invited gives the ids of services by name: all, or those between commas; a cluster stands for its
// services.
func (h *house) invited(ctx context.Context, list string) (ids []string, err error) {
	all, err := h.places(ctx)
	if err != nil {
		return nil, err
	}
	if list == "all" {
		for _, p := range all {
			if !p.IsCluster {
				ids = append(ids, p.ID)
			}
		}
		return ids, nil
	}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		found := named(all, name)
		switch {
		case len(found) == 0:
			return nil, failed(data.ErrNotFound, nl.T(words.CliNoService, "name", name, "known", fullNames(all)))
		case len(found) > 1:
			return nil, failed(nil, nl.T(words.CliTwoServices, "name", name, "known", fullNames(found)))
		}
		for _, p := range all {
			if p.ID == found[0].ID && !p.IsCluster || p.ClusterID == found[0].ID {
				ids = append(ids, p.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// maxBlueprint is the size in bytes above which a file is surely no blueprint.
const maxBlueprint = 64 << 10

// readBlueprint reads a blueprint from a JSON file, {"entry": 3, "cells": [{"domain": "windows", "level": 1,
// "count": 4}]}. Keys that are not known are refused.
func readBlueprint(name string) (b quiz.Blueprint, err error) {
	text, err := readUpTo(name, maxBlueprint)
	if err != nil {
		return b, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err = dec.Decode(&b); err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("more than one JSON value")
		}
	}
	if err != nil {
		return b, atPath(name, jsonPlace(text, dec.InputOffset(), err))
	}
	return b, nil
}

// jsonPlace gives line and column of what JSON could not read.
func jsonPlace(text []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	before := text[:min(max(int(offset)-1, 0), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	col := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &data.Invalid{Field: "JSON", Why: data.WhySyntax, Got: data.Clean(err.Error(), 120), Line: line, Col: col}
}
