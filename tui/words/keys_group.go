package words

// Sentences of the group figures, for heads of service.
const (
	GroupTitle      Key = "group.title"
	GroupTitleAll   Key = "group.title_all"
	GroupLead       Key = "group.lead"
	GroupLoading    Key = "group.loading"
	GroupNone       Key = "group.none"
	GroupOpenUntil  Key = "group.open_until"
	GroupClosedOn   Key = "group.closed_on"
	GroupMerged     Key = "group.merged"
	GroupHidden     Key = "group.hidden"
	GroupDone       Key = "group.done"
	GroupTooFew     Key = "group.too_few"
	GroupMedian     Key = "group.median"
	GroupShare      Key = "group.share"
	GroupRuleOpen   Key = "group.rule_open"
	GroupRuleClosed Key = "group.rule_closed"
	GroupMore       Key = "group.more"
)
