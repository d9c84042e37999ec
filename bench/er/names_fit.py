#!/usr/bin/env python3
"""Fits the costs of name matching to labelled pairs and prints them as they stand in crates/resolve/src/names/costs.rs.

    cargo build --release -p candour-resolve --example name_costs
    python names_fit.py target/release/examples/name_costs PAIRS.csv      # columns schema,name1,name2,is_match; needs numpy, scipy

A pair matches where 1 - sum(amount * cost) >= .7. So log-odds = slope * (.3 - sum(amount * cost)): logistic regression whose
weights must not be negative and are drawn towards the PRIOR below (a person's judgement of what a difference should cost) by
a quadratic penalty, so that what few pairs speak of stays near it. People and everything else are fitted apart. Printed with
it: what the fit reaches on pairs it has not seen (ten folds, repeated; and one half fitted, the other checked).
"""
import csv, json, random, subprocess, sys
import numpy as np
from scipy.optimize import minimize

PRIOR = {  # difference: (people, organisations)
    "letters": (.06, .06), "share": (.35, .35), "vowels": (.25, .30), "sounds": (.06, .06), "beginning": (.03, .03), "slips": (.05, .05),
    "spelling": (.08, .08), "diminutive": (.15, .15), "initial": (.12, .15), "joined": (.05, .05), "acronym": (.25, .25), "character": (.35, .35),
    "contradiction": (.45, .45), "extra": (.04, .25), "extra-share": (.15, .15), "extra-general": (.04, .10), "extra-place": (.04, .20), "extra-small": (.02, .02),
    "number": (.40, .25), "extra-number": (.20, .20), "form-sort": (.10, .10), "form": (.05, .05), "extra-form": (.03, .03),
    "rotation": (.03, .10), "order": (.10, .10), "swap": (.35, .10), "reversal": (.40, .10), "sparse": (.25, .15),
}
GAP, SPREAD = .3, .12


def fit(x, y, prior, strength):
    def loss(p):
        slope, cost = p[0], p[1:]
        z = slope * (GAP - x @ cost)
        pull = strength * np.sum(((cost - prior) / SPREAD) ** 2)
        e = 1 / (1 + np.exp(-z)) - y
        g = np.concatenate([[np.sum(e * (GAP - x @ cost))], -slope * (x.T @ e) + 2 * strength * (cost - prior) / SPREAD**2])
        return np.sum(np.logaddexp(0, z) - y * z) + pull, g

    start = np.concatenate([[12.0], prior])
    r = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(6, 25)] + [(0, 1)] * len(prior), options={"maxiter": 2000})
    return r.x[0], r.x[1:]


def prf(y, m):
    tp, fp, fn = np.sum(m & y), np.sum(m & ~y), np.sum(~m & y)
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def main():
    tool, path = sys.argv[1:3]
    strength = float(sys.argv[3]) if len(sys.argv) > 3 else .5
    pairs = list(csv.DictReader(open(path, encoding="utf-8")))
    lines = [json.loads(l) for l in subprocess.run([tool, path], check=True, capture_output=True, text=True).stdout.splitlines()]
    names, rows = lines[0]["differences"], lines[1:]
    at = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, r in enumerate(rows):
        for c in r["costs"]: x[i, at[c["difference"]]] = c["amount"]
    y = np.array([p["is_match"] == "true" for p in pairs])
    people = np.array([r["kind"] == "person" for r in rows])
    prior = [np.array([PRIOR[n][k] for n in names]) for k in (0, 1)]
    empty = np.array([not r["words"] and not r["costs"] and r["score"] == 0 for r in rows])

    def predicted(train, test):
        m = np.zeros(len(y), bool)
        for k, kind in ((0, people), (1, ~people)):
            _, cost = fit(x[train & kind], y[train & kind].astype(float), prior[k], strength)
            m[kind] = (1 - x[kind] @ cost >= .7) & ~empty[kind]
        return m

    everything = np.ones(len(y), bool)
    print(f"pairs {len(y)}, the same {y.sum()}, strength of the prior {strength}")
    before = np.array([1 - x[i] @ prior[0 if people[i] else 1] >= .7 for i in range(len(y))]) & ~empty
    print("prior alone       P %.4f R %.4f F1 %.4f" % prf(y, before))
    print("fitted and tested P %.4f R %.4f F1 %.4f" % prf(y, predicted(everything, everything)))
    folds, halves = [], []
    for turn in range(10):
        order = list(range(len(y))); random.Random(turn).shuffle(order)
        m = np.zeros(len(y), bool)
        for f in range(10):
            test = np.zeros(len(y), bool); test[order[f::10]] = True
            m[test] = predicted(~test, test)[test]
        folds.append(prf(y, m))
        test = np.zeros(len(y), bool); test[order[: len(y) // 2]] = True
        for t in (test, ~test): halves.append(prf(y[t], predicted(~t, t)[t]))
    print("ten folds, unseen P %.4f R %.4f F1 %.4f" % tuple(np.mean(folds, 0)))
    print("halves, unseen    P %.4f R %.4f F1 %.4f (F1 %.4f to %.4f)" % (*np.mean(halves, 0), min(h[2] for h in halves), max(h[2] for h in halves)))
    final = {}
    for k, (name, kind) in enumerate((("PERSON", people), ("ORGANISATION", ~people))):
        slope, cost = fit(x[kind], y[kind].astype(float), prior[k], strength)
        m = (1 - x[kind] @ cost >= .7) & ~empty[kind]
        print("\n// %s: %d pairs, slope %.1f, F1 %.4f" % (name, kind.sum(), slope, prf(y[kind], m)[2]))
        print("static %s: [f32; COUNT] = [" % name)
        for n, c in zip(names, cost): print("    %.3f, // %s (prior %.2f, in %d pairs)" % (c, n, PRIOR[n][k], np.sum(x[kind][:, at[n]] > 0)))
        print("];")
        final[k] = cost
    if "--errors" in sys.argv:
        for i, p in enumerate(pairs):
            cost = final[0 if people[i] else 1]; s = 1 - x[i] @ cost
            if (s >= .7) != y[i]:
                print("%-5s %.3f %s | %s | %s | %s" % (p["is_match"], s, p["name1"], p["name2"], p.get("notes"), "; ".join("%s %.2f*%.2f" % (n, x[i, j], cost[j]) for j, n in enumerate(names) if x[i, j] > 0)))


main()
