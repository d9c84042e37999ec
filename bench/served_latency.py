#!/usr/bin/env python3
"""Asks a served home 1,000 random questions of each kind over HTTP and prints the times.

usage: served_latency.py CANDOUR HOME [QUESTIONS [SEED]]

Starts `candour serve` on a free port, signs in as the example analyst, draws words and ids from the home's own answers,
and stops the server. Times are taken at the client, so they hold the network stack, the audit (a durable journal entry
and a receipt for each answer) and JSON.
"""
import http.client
import json
import random
import subprocess
import sys
import time
import urllib.parse


class Client:
    def __init__(self, url):
        self.host = url.removeprefix("http://")
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.headers = {"X-Candour-Request": "1", "X-Candour-Purpose": "demo"}

    def sign_in(self, link):
        body = json.dumps({"token": link.rsplit("/", 1)[1]})
        self.connection.request("POST", "/api/sign-in", body, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        self.headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]

    def get(self, path):
        while True:
            started = time.perf_counter()
            self.connection.request("GET", path, headers=self.headers)
            answer = self.connection.getresponse()
            body = answer.read()
            taken = (time.perf_counter() - started) * 1000
            if answer.status != 429:
                break
            # One person may not ask without end: what was turned away is asked again later, and is not counted.
            time.sleep(float(answer.getheader("Retry-After", "1")))
        assert answer.status == 200, (answer.status, path, body[:300])
        return taken, json.loads(body)


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main():
    candour, home = sys.argv[1], sys.argv[2]
    questions = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    started = time.perf_counter()
    server = subprocess.Popen([candour, "serve", "--home", home, "--port", "0", "--json"], stdout=subprocess.PIPE, text=True)
    try:
        ready = json.loads(server.stdout.readline())
        up = time.perf_counter() - started
        client = Client(ready["url"])
        client.sign_in(ready["sign_in"]["analyst"])
        _, everything = client.get("/api/search?q=*&limit=1000")
        total = everything["total"]
        ids, words = [], set()
        for _ in range(8):
            _, page = client.get(f"/api/search?q=*&limit=1000&offset={rng.randrange(max(1, total - 1000))}")
            ids += [hit["id"] for hit in page["hits"]]
            words |= {word for hit in page["hits"] for word in hit["caption"].split() if word.isalnum() and len(word) > 2}
        words = sorted(words)
        kinds = {
            "search": lambda: "/api/search?q=" + urllib.parse.quote(rng.choice([rng.choice(words), " ".join(rng.sample(words, 2)), rng.choice(words)[:3] + "*"])),
            "entity": lambda: "/api/entities/" + urllib.parse.quote(rng.choice(ids), safe=""),
            "neighbours 1": lambda: "/api/entities/" + urllib.parse.quote(rng.choice(ids), safe="") + "/neighbours?depth=1",
            "neighbours 2": lambda: "/api/entities/" + urllib.parse.quote(rng.choice(ids), safe="") + "/neighbours?depth=2",
            "path": lambda: "/api/path?" + urllib.parse.urlencode({"from": rng.choice(ids), "to": rng.choice(ids)}),
        }
        with open(f"/proc/{server.pid}/status") as status:
            resident = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))
        print(f"{total} entities; ready after {up:.2f} s; resident {resident} MiB")
        print(f"{'kind':<14}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}")
        for kind, question in kinds.items():
            times = [client.get(question())[0] for _ in range(questions)]
            print(f"{kind:<14}{quantile(times, .5):>9.2f}{quantile(times, .95):>9.2f}{quantile(times, .99):>9.2f}{max(times):>9.2f}")
        with open(f"/proc/{server.pid}/status") as status:
            peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
        print(f"peak resident {peak} MiB")
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main()
