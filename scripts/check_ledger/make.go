package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/mldsa"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "go.example/made"

// stored holds a tree's hashes in the order of package tlog.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes = append(hashes, s[index])
	}
	return hashes, nil
}

// witnesses are one of each kind, from fixed seeds.
func witnesses() ([]*cosigner, error) {
	edwards := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, ed25519.SeedSize))
	lattice, err := mldsa.NewPrivateKey(mldsa.MLDSA44(), bytes.Repeat([]byte{6}, 32))
	if err != nil {
		return nil, err
	}
	return []*cosigner{
		{name: "go.example/ed25519", kind: kindCosignature, public: edwards.Public().(ed25519.PublicKey), time: 1_800_000_000,
			secret: func(message []byte) ([]byte, error) { return ed25519.Sign(edwards, message), nil }},
		// Randomised signatures, which ours must accept though it makes none.
		{name: "go.example/ml-dsa-44", kind: kindMLDSA, public: lattice.PublicKey().Bytes(), time: 1_800_000_001,
			secret: func(message []byte) ([]byte, error) { return lattice.Sign(nil, message, &mldsa.Options{}) }},
	}, nil
}

func makeLog(log folder, size int64) error {
	secret, vkey, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{4}, 64)), origin)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	cosigners, err := witnesses()
	if err != nil {
		return err
	}
	// Entries of many lengths, the empty one among them.
	entry := func(n int64) []byte { return bytes.Repeat(fmt.Appendf(nil, "entry %d ", n), int(n%5)) }
	var hashes stored
	for n := range size {
		more, err := tlog.StoredHashes(n, entry(n), hashes)
		if err != nil {
			return err
		}
		hashes = append(hashes, more...)
	}
	for _, tile := range tlog.NewTiles(height, 0, size) {
		data, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		if err := log.write(tilePath(tile), data); err != nil {
			return err
		}
		if tile.L > 0 {
			continue
		}
		var bundle []byte
		for n := tile.N * width; n < tile.N*width+int64(tile.W); n++ {
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry(n))))
			bundle = append(bundle, entry(n)...)
		}
		if err := log.write(entriesPath(tile), bundle); err != nil {
			return err
		}
	}
	sign := func(size int64, signers ...note.Signer) ([]byte, error) {
		root, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return nil, err
		}
		return note.Sign(&note.Note{Text: checkpoint{origin, tlog.Tree{N: size, Hash: root}}.String()}, signers...)
	}
	newest, err := sign(size, signer)
	if err != nil {
		return err
	}
	since, err := sign(size/2, signer)
	if err != nil {
		return err
	}
	cosigned, err := sign(size-size/100, signer, cosigners[0], cosigners[1])
	if err != nil {
		return err
	}
	for n := int64(0); n < size; n += 997 {
		proof, err := tlog.ProveRecord(size, n, hashes)
		if err != nil {
			return err
		}
		if err := log.write(fmt.Sprintf("proofs/%d", n), formatProof(n, proof, newest)); err != nil {
			return err
		}
	}
	keys := strings.Join([]string{vkey, cosigners[0].vkey(), cosigners[1].vkey(), ""}, "\n")
	for path, data := range map[string][]byte{"keys": []byte(keys), "since": since, "checkpoint.cosigned": cosigned, "checkpoint": newest} {
		if err := log.write(path, data); err != nil {
			return err
		}
	}
	fmt.Printf("Go made %d entries in %s\n", size, string(log))
	return nil
}
