#!/usr/bin/env python3
"""Writes FollowTheMoney entities with a wished number of statements, one JSON object a line.

usage: generate_entities.py STATEMENTS FILE [SEED [FIRST]]

About seven in ten entities are people (seven statements), two in ten links between them (three), one in ten companies
(six). All invented: names are drawn from syllables. FIRST numbers the first entity, so that several files can follow on.
"""
import json
import random
import sys

SYLLABLES = ["al", "ben", "cor", "da", "el", "fin", "gar", "hol", "in", "jas", "kel", "lo", "mar", "nor", "os", "per", "quin", "ros", "sel", "tor", "ul", "ver", "wes", "yor", "zan"]


def word(rng, parts):
    return "".join(rng.choice(SYLLABLES) for _ in range(parts)).capitalize()


def main():
    wanted, path = int(sys.argv[1]), sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    rng = random.Random(seed)
    forenames = [word(rng, 2) for _ in range(800)]
    surnames = [word(rng, 3) for _ in range(20000)]
    streets = [word(rng, 3) + " Road" for _ in range(3000)]
    people, written, no = [], 0, first
    with open(path, "w", encoding="utf-8") as out:
        while written < wanted:
            no += 1
            kind = rng.random()
            if kind < 0.7 or len(people) < 2:
                id_ = f"bench-p{no}"
                people.append(id_)
                forename, surname = rng.choice(forenames), rng.choice(surnames)
                properties = {
                    "name": [f"{forename} {surname}"],
                    "firstName": [forename],
                    "lastName": [surname],
                    "birthDate": [f"{rng.randint(1930, 2008)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"],
                    "country": ["gb"],
                    "phone": [f"+4477009{rng.randint(0, 99999):05}"],
                    "address": [f"{rng.randint(1, 200)} {rng.choice(streets)}, ZZ{rng.randint(1, 99)} {rng.randint(1, 9)}ZZ"],
                }
                schema = "Person"
            elif kind < 0.9:
                id_ = f"bench-l{no}"
                a, b = rng.choice(people), rng.choice(people)
                properties = {"person": [a], "associate": [b], "relationship": [rng.choice(["friend", "colleague", "co-defendant"])]}
                schema = "Associate"
            else:
                id_ = f"bench-c{no}"
                properties = {
                    "name": [word(rng, 3) + " Ltd"],
                    "registrationNumber": [f"{rng.randint(0, 99999999):08}"],
                    "jurisdiction": ["gb"],
                    "incorporationDate": [f"{rng.randint(1980, 2024)}-{rng.randint(1, 12):02}"],
                    "address": [f"{rng.randint(1, 200)} {rng.choice(streets)}, ZZ{rng.randint(1, 99)} {rng.randint(1, 9)}ZZ"],
                    "status": ["active"],
                }
                schema = "Company"
            written += sum(len(values) for values in properties.values())
            out.write(json.dumps({"id": id_, "schema": schema, "properties": properties}) + "\n")


if __name__ == "__main__":
    main()
