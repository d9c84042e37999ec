// The texts of C2SP that sumdb does not have: checkpoints, tlog-proofs, entry bundles, tile paths, cosignatures.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/mldsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height

	kindCosignature = 0x04
	kindMLDSA       = 0x06
)

type checkpoint struct {
	origin string
	tree   tlog.Tree
}

func (c checkpoint) String() string {
	return fmt.Sprintf("%s\n%d\n%v\n", c.origin, c.tree.N, c.tree.Hash)
}

func parseCheckpoint(text string) (checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return checkpoint{}, fmt.Errorf("a checkpoint of %d lines", len(lines)-1)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return checkpoint{lines[0], tlog.Tree{N: size, Hash: hash}}, err
}

// tilePath is a tile's path in tlog-tiles, which leaves out the height.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

// entriesPath is the path of the entries below a tile of level 0.
func entriesPath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
}

func parseBundle(data []byte) (entries [][]byte, err error) {
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("a bundle that ends too early")
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	return entries, nil
}

func formatProof(index int64, proof tlog.RecordProof, signed []byte) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "c2sp.org/tlog-proof@v1\nindex %d\n", index)
	for _, hash := range proof {
		fmt.Fprintf(&text, "%v\n", hash)
	}
	text.WriteByte('\n')
	text.Write(signed)
	return text.Bytes()
}

func parseProof(text string) (index int64, proof tlog.RecordProof, signed []byte, err error) {
	head, rest, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return 0, nil, nil, fmt.Errorf("no tlog-proof")
	}
	if index, err = strconv.ParseInt(lines[1][len("index "):], 10, 64); err != nil {
		return
	}
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, nil, err
		}
		proof = append(proof, hash)
	}
	return index, proof, []byte(rest), nil
}

// cosigner is a witness as package note sees it: a verifier and, with a secret, a signer.
type cosigner struct {
	name   string
	kind   byte
	public []byte
	time   uint64
	secret func(message []byte) ([]byte, error)
}

func (c *cosigner) Name() string { return c.name }

func (c *cosigner) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(c.name+"\n"+string(c.kind)), c.public...))
	return binary.BigEndian.Uint32(sum[:])
}

func (c *cosigner) vkey() string {
	return fmt.Sprintf("%s+%08x+%s", c.name, c.KeyHash(), base64.StdEncoding.EncodeToString(append([]byte{c.kind}, c.public...)))
}

// message is what is signed for a checkpoint's text.
func (c *cosigner) message(text []byte, time uint64) ([]byte, error) {
	if c.kind == kindCosignature {
		return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", time), text...), nil
	}
	head, err := parseCheckpoint(string(text))
	if err != nil {
		return nil, err
	}
	message := []byte("subtree/v1\n\x00")
	message = append(append(message, byte(len(c.name))), c.name...)
	message = binary.BigEndian.AppendUint64(message, time)
	message = append(append(message, byte(len(head.origin))), head.origin...)
	message = binary.BigEndian.AppendUint64(message, 0)
	message = binary.BigEndian.AppendUint64(message, uint64(head.tree.N))
	return append(message, head.tree.Hash[:]...), nil
}

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) < 8 {
		return false
	}
	message, err := c.message(text, binary.BigEndian.Uint64(signature))
	if err != nil {
		return false
	}
	if c.kind == kindCosignature {
		return ed25519.Verify(c.public, message, signature[8:])
	}
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), c.public)
	return err == nil && mldsa.Verify(key, message, signature[8:], nil) == nil
}

func (c *cosigner) Sign(text []byte) ([]byte, error) {
	message, err := c.message(text, c.time)
	if err != nil {
		return nil, err
	}
	signature, err := c.secret(message)
	return append(binary.BigEndian.AppendUint64(nil, c.time), signature...), err
}

// verifier reads a verifier key of any kind.
func verifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("no verifier key: %q", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) == 0 {
		return nil, fmt.Errorf("no verifier key: %q", vkey)
	}
	if key[0] != kindCosignature && key[0] != kindMLDSA {
		return note.NewVerifier(vkey)
	}
	cosigner := &cosigner{name: parts[0], kind: key[0], public: key[1:]}
	if cosigner.vkey() != vkey {
		return nil, fmt.Errorf("a verifier key whose id does not fit: %q", vkey)
	}
	return cosigner, nil
}
