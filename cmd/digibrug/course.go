package main

import (
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) courseCommand() *cobra.Command {
	return c.group("course", words.CourseplanCourse, c.coursePlan(), c.courseList(), c.courseCheck(), c.courseTidy(), c.courseTell(), c.courseICS(), c.courseShow(), c.courseSeries(), c.coursePublish(),
		c.courseEnrol(), c.courseCancel(), c.courseMark(), c.courseHours(), c.courseAttest(), c.courseCalls(), c.courseNeeds(), c.courseNeed())
}
