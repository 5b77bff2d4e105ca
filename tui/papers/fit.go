package papers

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// fit divides room over columns. wide is what each would take, least what it can't do without; in cells or
// millimetres. Who needs little gets all it wants, the others share what is left alike, none below its least.
// The sum is at most room, unless the leasts alone are more.
func fit(wide, least []float64, room float64) []float64 {
	got := slices.Clone(least)
	left := room
	for _, w := range got {
		left -= w
	}
	for left > 1e-9 {
		var hungry []int
		lowest := 0.0
		for i, w := range got {
			if w < wide[i]-1e-9 {
				if len(hungry) == 0 || w < lowest {
					lowest = w
				}
				hungry = append(hungry, i)
			}
		}
		if len(hungry) == 0 {
			break
		}
		// Raise the narrowest together: to the next wider one, to what one of them wants, or to what is left.
		step, lows := left, []int{}
		for _, i := range hungry {
			if got[i] <= lowest+1e-9 {
				lows = append(lows, i)
				step = min(step, wide[i]-got[i])
			}
		}
		for _, i := range hungry {
			if got[i] > lowest+1e-9 {
				step = min(step, got[i]-lowest)
			}
		}
		step = min(step, left/float64(len(lows)))
		for _, i := range lows {
			got[i] += step
			left -= step
		}
	}
	return got
}

// wrap breaks one line of text into lines that measure at most width, between words where it can, else between
// grapheme clusters. It gives at least one line, and a line at least one cluster.
func wrap(s string, width float64, measure func(string) float64) []string {
	if measure(s) <= width {
		return []string{s}
	}
	var lines []string
	line := ""
	for _, word := range unbroken(s) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if measure(next) <= width {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		for measure(line) > width {
			head, rest := cut(line, width, measure)
			if rest == "" {
				break
			}
			lines, line = append(lines, strings.TrimRight(head, " ")), strings.TrimLeft(rest, " ")
		}
	}
	return append(lines, line)
}

// unbroken are the words of a text, with what reads badly over two lines as one: an amount behind its euro sign, a French mark
// behind the space before it.
func unbroken(s string) (all []string) {
	behind := false // the last one must not end a line
	for _, word := range strings.Fields(s) {
		if at := len(all) - 1; at >= 0 && (behind || slices.Contains([]string{":", ";", "?", "!", "»"}, word)) {
			all[at] += " " + word
		} else {
			all = append(all, word)
		}
		behind = word == "€" || word == "«"
	}
	return all
}

// cut splits a word after as many clusters as fit, one at least; after a sign such as - or @ where that does
// not leave most of the line empty.
func cut(word string, width float64, measure func(string) float64) (head, rest string) {
	end, soft, used := 0, 0, 0.0
	for rest, state := word, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += measure(cluster); used > width && end > 0 {
			break
		}
		end += len(cluster)
		if strings.ContainsAny(cluster, "-/_.@:") {
			soft = end
		}
	}
	if soft > end/2 && end < len(word) {
		end = soft
	}
	return word[:end], word[end:]
}
