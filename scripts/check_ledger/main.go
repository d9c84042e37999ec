// Verifies a published log with the packages note and tlog of golang.org/x/mod/sumdb, which share nothing with ours, or
// makes a log with them for ours to verify. Signatures of witnesses are checked with crypto/ed25519 and crypto/mldsa.
//
//	check_ledger verify FOLDER
//	check_ledger make SIZE FOLDER
//
// A folder holds what `candour ledger publish` writes, and beside it: keys (verifier keys, the log's first, one a line);
// where they are there, since (an older checkpoint) and proofs/N (tlog-proofs) are checked too.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) == 2 && args[0] == "verify":
		err = verify(folder(args[1]))
	case len(args) == 3 && args[0] == "make":
		var size int64
		if size, err = strconv.ParseInt(args[1], 10, 64); err == nil {
			err = makeLog(folder(args[2]), size)
		}
	default:
		err = fmt.Errorf("usage: check_ledger verify FOLDER | check_ledger make SIZE FOLDER")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "check_ledger:", err)
		os.Exit(1)
	}
}

// folder is where a log's files lie.
type folder string

func (f folder) read(path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
}

func (f folder) write(path string, bytes []byte) error {
	full := filepath.Join(string(f), filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		return err
	}
	return os.WriteFile(full, bytes, 0o666)
}
