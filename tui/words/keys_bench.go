package words

// Sentences of the bench command.
const (
	BenchShort      Key = "bench.short"
	BenchLong       Key = "bench.long"
	BenchVisitors   Key = "bench.visitors"
	BenchTime       Key = "bench.time"
	BenchCandidates Key = "bench.candidates"
	BenchThink      Key = "bench.think"
	BenchBad        Key = "bench.bad"
	BenchWhat       Key = "bench.what"
	BenchPaint      Key = "bench.paint"
	BenchKey        Key = "bench.key"
	BenchCut        Key = "bench.cut"
	BenchFailed     Key = "bench.failed"
)
