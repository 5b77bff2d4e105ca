// Package plan makes training groups from what people need: who learns what, when, from whom, so that the most levels are
// trained and no service stays empty. It is pure: no database, no clock, no words for people; the same problem gives the
// same plan, whatever the order of its people and courses.
//
// A Slot is one room at one time (lesuur), and holds one group at most: one Course, its people, its trainer. Slots with the
// same At are at the same time, in different rooms. Slots stand in the order of time.
//
// The rules, which Verify checks without knowing how Solve works:
//
//   - A person sits only in a group of a course that the person needs, once per course, in a slot in which the person can
//     come, and at one place at a time.
//   - A group has no more people than its slot has seats and its course takes, and no fewer than its course asks. A locked
//     group goes ahead however small it is: that the coordinator decided.
//   - Service cover: at each time, of the people of a service who are at work then, at least Problem.Cover stay. Everybody is
//     at work at all times, unless Person.AtWork says otherwise: then a person is at work when able to come and in those
//     slots. So part-time staff counts on the days that they work: of a service of four of which two work on Friday and one
//     must stay, one may learn on Friday. Where too few are at work already, nobody may go. People without a service are
//     under no cover.
//   - A group has a trainer of its slot's list, for a course that the trainer gives, who gives no other group at that time
//     and no more groups in all than Trainer.Most. A slot without a list needs none; one with an empty list has none.
//   - Course.After is a ladder: whoever needs the course before as well has it in a slot of an earlier time, unless the
//     coordinator locked the person in.
//   - What is locked stays: the course, the people, and the trainer where one is named. Free seats of it may be filled,
//     unless it is closed.
//
// The score is the sum of the levels that are trained. Where there is an earlier plan, Problem.Previous, each place of it that
// stays counts as much as a level beside that, in the search and not in the score: who was told a place is told another only
// where that trains more than it upsets, as far as the search sees. Of plans that are as good, the one with fewer groups is better.
//
// Solve searches which course is in which slot, and for each choice works out exactly who sits where: with one room at a
// time that is a flow, person → service in the slot → slot, in which whoever has the larger gap goes first. Small problems
// are searched completely. Where rooms share a time, or courses stand on a ladder, that inner question is no flow any
// more: courses are then seated in turn and repaired, and only small problems are certain to come out at the best.
package plan
