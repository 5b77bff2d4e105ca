package data_test

// Public halves of keys that were made for these tests and thrown away.
const (
	p521    = "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAEJJaBNLBv9dI24dNrPr36Vnqv5gpf+JgME+oTHR+IPhvxuut9yfukXTfpt/ThQIHYbOGXf34cDyBHl48n2Ts/CgQFY3hnDa6r+EmLlnpWvawxrNtIv/pTBuQam3OkOVylYZLttINDCBDoNSZT6Ppblfbb+rIsmsUr4imaNyxN2lO/7ZA== test"
	rsa1024 = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDH4isM/9Nx8EE5Tn5iKOzMd51Lnhrus3eJAW16gMxcEznlb+SLioBuAqqkkZf101yMLOhvP9G7HVFCHfXgktgXExEwfUR2QjRvASR7J580o9cmWL5rORzsaE51ae/fhFmNeiOFO4F/QvTBLiLOHeS+r+kFcH7GwnNyxUbQV03Edw== test"
)
