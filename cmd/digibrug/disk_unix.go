//go:build linux || darwin

package main

import "syscall"

// freeSpace is how many bytes the owner of a directory may still write there.
func freeSpace(dir string) (uint64, error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, err
	}
	return uint64(fs.Bavail) * uint64(fs.Bsize), nil
}
