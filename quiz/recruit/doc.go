// Package recruit is the informaticatest of candidates: the procedure and what is frozen when it opens, candidates under a
// label with their names sealed, the test room with its clock, questions and incidents, marking by two who don't know of
// each other, scores with their error, and what the jury decides and signs.
//
// Items, answers and marks are those of package quiz. The rules are pure; the store's methods ask in each transaction
// whether the actor may, by role and by the procedure that the role was given for.
package recruit
