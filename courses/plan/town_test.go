package plan_test

import (
	"fmt"
	"math/rand/v2"

	"digibrug/courses/plan"
)

// generate makes an invented municipality as field/courses.md of the project describes it in §4: four domains of three levels, 65 %
// availability, one room of eight seats, groups from four, at most half of a service away, and a trainer for 70 % of the slots.
// Everybody is at work all the time: who can't come in a slot is at the counter then.
func generate(seed uint64, people, slots int) plan.Problem {
	chance := rand.New(rand.NewPCG(seed, 5))
	p := plan.Problem{Cover: map[string]int{}, Trainers: []plan.Trainer{{ID: "griet", Most: slots * 7 / 10}}}
	for i := range slots {
		p.Slots = append(p.Slots, plan.Slot{ID: fmt.Sprintf("les-%02d", i+1), Room: "computerlokaal", Seats: 8, Trainers: []string{"griet"}})
	}
	domains := []string{"tekst", "rekenblad", "e-mail", "bestanden"}
	for _, d := range domains {
		for level := 1; level <= 3; level++ {
			p.Courses = append(p.Courses, plan.Course{ID: fmt.Sprintf("%s-%d", d, level), Min: 4, Max: 8})
		}
	}
	services := max(3, people/10)
	size := map[string]int{}
	for i := range people {
		one := plan.Person{ID: fmt.Sprintf("m-%03d", i+1), Service: fmt.Sprintf("dienst-%02d", chance.IntN(services)+1), Needs: []plan.Need{}, Slots: []string{}, AtWork: []string{}}
		size[one.Service]++
		for _, d := range domains {
			if gap := chance.IntN(4); gap > 0 {
				one.Needs = append(one.Needs, plan.Need{Course: fmt.Sprintf("%s-%d", d, gap), Levels: gap})
			}
		}
		for _, s := range p.Slots {
			if chance.IntN(100) < 65 {
				one.Slots = append(one.Slots, s.ID)
			} else {
				one.AtWork = append(one.AtWork, s.ID)
			}
		}
		p.People = append(p.People, one)
	}
	for service, n := range size {
		p.Cover[service] = n - n/2
	}
	return p
}
