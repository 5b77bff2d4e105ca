package papers

import "digibrug/tui/words"

// Points are short texts below each other, each with a dot before it.
type Points []string

// pointIn is how far the text of a point stands in, in millimetres.
const pointIn = 5.0

func (all Points) blocks(q *quill, _ words.Lang) (out []block) {
	for _, item := range all {
		for i, text := range q.text(oneLine(item), "", docSize, q.wide-pointIn) {
			out = append(out, block{high: docHigh, draw: func(q *quill) {
				q.set("", docSize)
				if i == 0 {
					q.put(q.x+1.5, q.y, pointIn, docHigh, "•", "L")
				}
				q.put(q.x+pointIn, q.y, q.wide-pointIn, docHigh, text, "L")
			}})
		}
	}
	return append(out, gap(docGap))
}

func (all Points) plain(width int, _ words.Lang) (out []string) {
	for _, item := range all {
		for i, text := range narrow(max(0, width-2), "", oneLine(item)) {
			before := "  "
			if i == 0 {
				before = "- "
			}
			out = append(out, before+text)
		}
	}
	return append(out, "")
}
