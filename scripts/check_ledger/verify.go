package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles reads a log's tiles for package tlog, which checks them against the signed root as it reads.
type tiles struct{ folder folder }

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := t.folder.read(tilePath(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// open reads a signed checkpoint and insists that all these keys have signed it.
func open(signed []byte, keys []note.Verifier) (checkpoint, error) {
	opened, err := note.Open(signed, note.VerifierList(keys...))
	if err != nil {
		return checkpoint{}, err
	}
	if len(opened.Sigs) != len(keys) {
		return checkpoint{}, fmt.Errorf("%d of %d keys have signed", len(opened.Sigs), len(keys))
	}
	return parseCheckpoint(opened.Text)
}

func verify(log folder) error {
	text, err := log.read("keys")
	if err != nil {
		return err
	}
	var keys []note.Verifier
	for _, line := range strings.Fields(string(text)) {
		key, err := verifier(line)
		if err != nil {
			return err
		}
		keys = append(keys, key)
	}
	signed, err := log.read("checkpoint")
	if err != nil {
		return err
	}
	head, err := open(signed, keys[:1])
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if head.origin != keys[0].Name() {
		return fmt.Errorf("the checkpoint is of %q, the key of %q", head.origin, keys[0].Name())
	}
	reader := tlog.TileHashReader(head.tree, tiles{log})
	if err := verifyTiles(log, head.tree, reader); err != nil {
		return err
	}
	older := map[string][]note.Verifier{"since": keys[:1], "checkpoint.cosigned": keys}
	for path, keys := range older {
		if err := verifyOlder(log, path, keys, head.tree, reader); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	proofs, err := verifyProofs(log, keys[:1], head.tree, reader)
	if err != nil {
		return err
	}
	fmt.Printf("Go verified %s: %d entries, %d proofs, %d witnesses\n", head.origin, head.tree.N, proofs, len(keys)-1)
	return nil
}

// verifyTiles checks every tile and every entry below the signed root.
func verifyTiles(log folder, tree tlog.Tree, reader tlog.HashReader) error {
	if root, err := tlog.TreeHash(tree.N, reader); err != nil || root != tree.Hash {
		return fmt.Errorf("the tiles lead to the root %v, not to %v (%v)", root, tree.Hash, err)
	}
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		expected, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return fmt.Errorf("%s: %w", tilePath(tile), err)
		}
		if found, err := log.read(tilePath(tile)); err != nil || !bytes.Equal(found, expected) {
			return fmt.Errorf("%s is not what the tree says (%v)", tilePath(tile), err)
		}
		if tile.L > 0 {
			continue
		}
		data, err := log.read(entriesPath(tile))
		if err != nil {
			return err
		}
		entries, err := parseBundle(data)
		if err != nil || len(entries) != tile.W {
			return fmt.Errorf("%s has %d entries, not %d (%v)", entriesPath(tile), len(entries), tile.W, err)
		}
		for i, entry := range entries {
			if hash := tlog.RecordHash(entry); !bytes.Equal(hash[:], expected[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
				return fmt.Errorf("%s: entry %d does not hash to its place", entriesPath(tile), i)
			}
		}
	}
	return nil
}

// verifyOlder checks an older checkpoint, where there is one, and proves that the tree begins with it.
func verifyOlder(log folder, path string, keys []note.Verifier, tree tlog.Tree, reader tlog.HashReader) error {
	signed, err := log.read(path)
	if errors.Is(err, fs.ErrNotExist) {
		if len(keys) > 1 {
			return fmt.Errorf("there are keys of witnesses and no cosigned checkpoint")
		}
		return nil
	}
	if err != nil {
		return err
	}
	older, err := open(signed, keys)
	if err != nil || older.tree.N == 0 {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, older.tree.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.tree.N, older.tree.Hash)
}

// verifyProofs checks the proofs that lie beside the log, and that package tlog proves the same from the tiles.
func verifyProofs(log folder, keys []note.Verifier, tree tlog.Tree, reader tlog.HashReader) (int, error) {
	names, err := filepath.Glob(filepath.Join(string(log), "proofs", "*"))
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		index, proof, signed, err := parseProof(string(text))
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		head, err := open(signed, keys)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		if err := tlog.CheckRecord(proof, head.tree.N, head.tree.Hash, index, leaf[0]); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		if head.tree.N != tree.N {
			continue
		}
		own, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil || fmt.Sprint(own) != fmt.Sprint(proof) {
			return 0, fmt.Errorf("%s: another proof than tlog's own (%v)", name, err)
		}
	}
	return len(names), nil
}
