#!/usr/bin/env python3
"""Entity resolution beside Splink: the same file, one after the other, CPU seconds and peak memory of each process.

    PEER/bin/python bench/er/run.py --candour target/release/candour --shared ../shared [--rows 100000] [--seed 42]
        [--sets synth,febrl3,febrl4,fake_1000] [--no-peer] [--work DIR] [--json FILE]

PEER is a virtual environment with splink, duckdb, pandas, pyarrow, recordlinkage, jellyfish (see SHARED/bench/er/README.md). The peer
is run by the script of the shared folder, the synthetic file is made by its generator; both are read there and not copied.
Nothing is tuned to a set: each of our specs says what the columns mean and no more.

Edge precision, recall and F1 are over pairs at or above a probability; recall counts pairs that blocking lost. Cluster figures are over
the pairs that clusters imply: of ours those of clusters.csv, of the peer the connected components at .95, and the best of its thresholds.
"""
import argparse, json, os, pathlib, subprocess, sys, tempfile

import numpy as np, pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--candour", required=True)
ap.add_argument("--shared", default=str(HERE.parent.parent.parent / "shared"))
ap.add_argument("--rows", type=int, default=100_000)
ap.add_argument("--seed", type=int, default=42)
ap.add_argument("--data", help="a synthetic file that is there already")
ap.add_argument("--sets", default="synth,febrl3,febrl4,fake_1000")
ap.add_argument("--variants", default="tuned,demo", help="settings of the peer")
ap.add_argument("--thresholds", default="", help="further thresholds to run ours at, for the best of its clusters")
ap.add_argument("--no-peer", action="store_true")
ap.add_argument("--work")
ap.add_argument("--json")
a = ap.parse_args()
shared = pathlib.Path(a.shared).resolve()
a.candour = pathlib.Path(a.candour).resolve()
if not (shared / "bench/er/generator.py").exists():
    sys.exit(f"skipped: no {shared}/bench/er; name the shared folder with --shared")
work = pathlib.Path(a.work or tempfile.mkdtemp(prefix="er-")).resolve()
work.mkdir(parents=True, exist_ok=True)


def measured(command):
    """Runs a command; its output and CPU seconds. Its memory it tells itself: what wait4 says holds the memory of this process as well."""
    with open(work / "out.txt", "w+") as out, open(work / "log.txt", "a") as log:
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=log, cwd=work)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}; see {work}/log.txt")
    return text, usage.ru_utime + usage.ru_stime


def choose2(n):
    return n * (n - 1) / 2


def febrl(name):
    frame = pd.read_csv(shared / "data/er" / name, dtype=str, skipinitialspace=True)
    frame.columns = [column.strip() for column in frame.columns]
    ids = frame["rec_id"].str.strip()
    return pd.Series(ids.str.extract(r"^([^-]+-[^-]+)")[0].values, index=ids.values)


def synth_truth(path):
    frame = pd.read_parquet(path, columns=["unique_id", "cluster"])
    return pd.Series(frame["cluster"].values, index=frame["unique_id"].astype(str).values)


def fake_truth():
    frame = pd.read_csv(shared / "data/er/fake_1000.csv", dtype=str)
    return pd.Series(frame["cluster"].values, index=frame["unique_id"].values)


def f1(precision, recall):
    return 2 * precision * recall / max(precision + recall, 1e-12)


def clusters(truth, left, out):
    """Precision, recall and F1 of the pairs that clusters imply; between files only pairs across count."""
    frame = pd.read_csv(out / "clusters.csv", dtype=str)
    frame["truth"] = truth.loc[frame["id"].values].values
    frame["left"] = frame["id"].isin(left) if left is not None else True

    def pairs(by):
        groups = frame.groupby(by)["left"].agg(["sum", "count"])
        if left is None:
            return float(choose2(groups["count"]).sum())
        return float((groups["sum"] * (groups["count"] - groups["sum"])).sum())

    both, made, true = pairs(["cluster", "truth"]), pairs(["cluster"]), pairs(["truth"])
    precision, recall = both / max(made, 1), both / max(true, 1)
    return true, dict(precision=precision, recall=recall, f1=f1(precision, recall), largest=int(frame.groupby("cluster").size().max()))


def edges(truth, true, out):
    frame = pd.read_csv(out / "pairs.csv", dtype={"id_l": str, "id_r": str})
    same = truth.loc[frame["id_l"].values].values == truth.loc[frame["id_r"].values].values
    order = np.argsort(-frame["weight"].values, kind="stable")
    weight, probability, same = frame["weight"].values[order], frame["probability"].values[order], same[order]
    hits = np.cumsum(same)
    precision, recall = hits / np.arange(1, len(same) + 1), hits / true
    score = f1_of(precision, recall)
    score[np.append(weight[1:] == weight[:-1], False)] = 0
    at = lambda place: dict(precision=float(precision[place]), recall=float(recall[place]), f1=float(score[place] or f1(precision[place], recall[place])))
    return dict(p95=at(int((probability >= 0.95).sum()) - 1), best=dict(weight=float(weight[score.argmax()]), **at(int(score.argmax()))), kept=len(same), ceiling=float(recall[-1]))


def f1_of(precision, recall):
    return 2 * precision * recall / np.maximum(precision + recall, 1e-12)


def ours(name, files, truth, left):
    out = work / name
    spec = HERE / "specs" / f"{name}.yml"
    command = [a.candour, "link" if len(files) == 2 else "dedupe", *files, "--spec", spec, "--out", out, "--json", "--quiet"]
    text, cpu = measured(command)
    told = json.loads(text)
    true, found = clusters(truth, left, out)
    result = dict(cpu=cpu, peak=told["peak_mib"], comparisons=told["comparisons"], cluster=found, **edges(truth, true, out))
    best = [found["f1"]]
    for threshold in filter(None, a.thresholds.split(",")):
        measured([*command, "--threshold", threshold])
        best.append(clusters(truth, left, out)[1]["f1"])
    return dict(result, cluster_best=max(best), rows=len(truth))


def peer(name, variant, file):
    command = [sys.executable, shared / "bench/er/run_splink.py", "--dataset", name, "--variant", variant, "--results", work / "peer.json"]
    if file:
        command += ["--data", file]
    (work / "peer.json").unlink(missing_ok=True)
    measured(command)
    told = next(iter(json.load(open(work / "peer.json")).values()))
    return dict(cpu=told["stages_s"]["total_linkage_cpu"], peak=told["peak_rss_mib_linkage"], comparisons=told.get("comparisons_scored"), p95=told["edge_p095"],
                best=told["edge_best"], cluster=told["cluster_p095"], cluster_best=told["cluster_best"]["f1"], rows=told["rows"])


def row(who, r):
    print(f"{who:22} {r['p95']['precision']:7.4f} {r['p95']['recall']:7.4f} {r['p95']['f1']:7.4f} {r['best']['f1']:7.4f} {r['cluster']['f1']:8.4f} {r['cluster_best']:7.4f} {r['cpu']:9.2f} {r['peak']:7.0f}", flush=True)


results = {}
for name in a.sets.split(","):
    left, file = None, None
    if name == "synth":
        file = pathlib.Path(a.data).resolve() if a.data else work / f"synth-{a.rows}-{a.seed}.parquet"
        if not file.exists():
            subprocess.run([sys.executable, shared / "bench/er/generator.py", "--rows", str(a.rows), "--seed", str(a.seed), "--out", file], check=True)
        files, truth = [file], synth_truth(file)
    elif name == "febrl3":
        files, truth = [shared / "data/er/febrl3.csv"], febrl("febrl3.csv")
    elif name == "febrl4":
        first, second = febrl("febrl4a.csv"), febrl("febrl4b.csv")
        files, truth, left = [shared / "data/er/febrl4a.csv", shared / "data/er/febrl4b.csv"], pd.concat([first, second]), set(first.index)
    else:
        files, truth = [shared / "data/er/fake_1000.csv"], fake_truth()
    files = [pathlib.Path(path).resolve() for path in files]
    print(f"\n{name}, {len(truth):,} records", f"\n{'':22} {'P .95':>7} {'R .95':>7} {'F1 .95':>7} {'best':>7} {'clusters':>8} {'best':>7} {'CPU s':>9} {'MiB':>7}")
    mine = ours(name, files, truth, left)
    results[name] = {"candour": mine}
    row("candour", mine)
    if a.no_peer or name == "fake_1000":
        continue
    for variant in a.variants.split(","):
        other = results[name][f"splink {variant}"] = peer(name, variant, file)
        row(f"splink {variant}", other)
        print(f"{'':22} CPU {other['cpu'] / mine['cpu']:.1f} times ours, memory {other['peak'] / mine['peak']:.1f} times")
if a.json:
    json.dump(results, open(a.json, "w"), indent=1)
