#!/usr/bin/env python3
"""Name matching beside its peer, in one go on one file: accuracy at the one threshold of each, and pairs per CPU second.

    python names.py CANDOUR SPEED PAIRS.csv     # run by names.sh

Pairs have the columns schema,name1,name2,is_match. The peer is nomenklatura's logic-v2 (threshold .7), if it can be imported.
CPU seconds are user + system: of the child process for `candour names` on the file repeated until a second is filled (reading
and writing CSV included), of the thread for the library alone, of this process for the peer.
"""
import csv, os, subprocess, sys, tempfile, time


def prf(said, truth):
    tp, fp, fn = (sum(s == x and t == y for s, t in zip(said, truth)) for x, y in ((1, 1), (1, 0), (0, 1)))
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return "P %.4f  R %.4f  F1 %.4f" % (p, r, 2 * p * r / max(p + r, 1e-9))


def ours(candour, pairs, folder):
    out = os.path.join(folder, "scored.csv")
    before = os.times()
    subprocess.run([candour, "names", pairs, "--out", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    rows = list(csv.DictReader(open(out, encoding="utf-8", newline="")))
    return rows, after.children_user + after.children_system - before.children_user - before.children_system


def repeated(pairs, times, path):
    """The pairs many times over, no two strings alike, so that nothing could be remembered from one to the next."""
    rows = list(csv.DictReader(open(pairs, encoding="utf-8", newline="")))
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f); w.writerow(["name1", "name2", "schema"])
        letters = "abcdefghijklmnopqrstuvwxyz"
        for turn in range(times):
            mark = " " + "".join(letters[turn // 26 ** k % 26] for k in range(3))
            for r in rows: w.writerow([r["name1"] + mark, r["name2"] + mark, r["schema"]])
    return times * len(rows)


def main():
    candour, speed, pairs = sys.argv[1:4]
    cases = list(csv.DictReader(open(pairs, encoding="utf-8", newline="")))
    truth = [c["is_match"] == "true" for c in cases]
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = ours(candour, pairs, folder)
        print("candour   ", prf([r["match"] == "true" for r in rows], truth), " at its threshold", flush=True)
        for group in sorted({c["case_group"] for c in cases if "case_group" in c}):
            at = [i for i, c in enumerate(cases) if c["case_group"] == group]
            print("  %-16s %4d pairs  %s" % (group, len(at), prf([rows[i]["match"] == "true" for i in at], [truth[i] for i in at])))
        many = os.path.join(folder, "many.csv")
        count = repeated(pairs, 2000, many)
        _, cpu = ours(candour, many, folder)
        print("candour    names, CSV to CSV: %d pairs per CPU second (%d pairs, %.2f CPU s)" % (count / cpu, count, cpu), flush=True)
    print("candour    library, one thread:")
    subprocess.run([speed, pairs, "3"], check=True)
    try:
        from followthemoney import ValueEntity, model
        from nomenklatura.matching import get_algorithm
    except ImportError as error:
        print("peer       not here (%s): pip install nomenklatura==4.17.4" % error)
        return
    algorithm = get_algorithm("logic-v2"); config = algorithm.default_config()

    def entity(i, schema, name):
        e = ValueEntity(model.get(schema), {"id": i}); e.add("name", name); return e

    def score(c):
        return float(algorithm.compare(entity("a", c["schema"], c["name1"]), entity("b", c["schema"], c["name2"]), config).score)

    for c in cases[:50]: score(c)
    start = time.process_time(); scores = [score(c) for c in cases]; cold = len(cases) / (time.process_time() - start)
    print("logic-v2  ", prf([s >= .7 for s in scores], truth), " at .7")
    made = [(entity("a", c["schema"], c["name1"]), entity("b", c["schema"], c["name2"])) for c in cases]
    for a, b in made: algorithm.compare(a, b, config)
    start = time.process_time()
    for a, b in made: algorithm.compare(a, b, config)
    print("logic-v2   %d pairs per CPU second cold, %d warm" % (cold, len(cases) / (time.process_time() - start)))


main()
