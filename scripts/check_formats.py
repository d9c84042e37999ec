#!/usr/bin/env python3
"""Has other people's software read every export format back.

usage: check_formats.py CANDOUR

Three small stores are made: examples/depot by its mapping, a published file of FollowTheMoney entities (left out, and said
so, where it is not there), and entities made to be difficult. Each is exported in every format; followthemoney, networkx,
openpyxl and anxwritter say whether what they read is what is held. The last line counts what passed and failed.
"""
import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
import yaml
from openpyxl.utils.escape import unescape

ROOT = Path(__file__).resolve().parent.parent
DONATIONS = ROOT / "../shared/data/ftm/donations.ijson"
CELL = 32767
LONG = "long: " + "a\U0001F690 bc" * 14000

DIFFICULT = [
    ("p1", "Person", {"name": ["=HYPERLINK(\"http://example.org\",\"x\")", "+44 is no number"], "birthDate": ["1980-02"]}),
    ("p2", "Person", {"name": ["Anna \"Ann\" <Quill> & 'daughter'", "_x0041_"], "notes": ["two\nlines\tand a tab"], "email": ["a@example.org"]}),
    ("p3", "Person", {"name": ["-1+1"], "addressEntity": ["a1"]}),
    ("a1", "Address", {"full": ["1 Quay Street, Harbourton"], "latitude": ["51.5"], "longitude": ["-0.25"]}),
    ("a2", "Address", {"full": ["No place"], "latitude": ["51.5"]}),
    ("d1", "PlainText", {"fileName": ["long.txt"], "bodyText": [LONG]}),
    ("o1", "Company", {"name": ["Ångström & Söhne Ltd"], "registrationNumber": ["00123456"]}),
    ("l1", "Associate", {"person": ["p1"], "associate": ["p2"], "relationship": ["<friend>"]}),
    ("l2", "Ownership", {"owner": ["p1"], "asset": ["o1"], "startDate": ["2020"]}),
    ("l3", "Directorship", {"director": ["p1", "p2"], "organization": ["o1"], "role": ["chair"]}),
    ("l4", "Ownership", {"owner": ["p3"], "asset": ["nobody"]}),
]

passed, failed = 0, 0


def check(what, ok, detail=""):
    """Counts one check, and says what was expected where it fails."""
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print(f"FAILED {what}{': ' if detail else ''}{str(detail)[:2000]}")


def same(what, found, expected):
    """Counts one comparison."""
    check(what, found == expected, f"{difference(found, expected)}")


def difference(found, expected):
    if isinstance(found, (set, Counter)) and isinstance(expected, (set, Counter)):
        return f"only found {list(found - expected)[:5]}, only expected {list(expected - found)[:5]}"
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = [key for key in found.keys() | expected.keys() if found.get(key) != expected.get(key)][:3]
        return [(key, found.get(key), expected.get(key)) for key in keys]
    return f"found {found!r}, expected {expected!r}"


def join_models(folder):
    """Writes a model for followthemoney: its own schemata, and those of this project that it does not have."""
    own = Path(importlib.util.find_spec("followthemoney").submodule_search_locations[0]) / "schema"
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("__pycache__"))
    known = {path.stem for path in folder.glob("*.y*ml")}
    for path in ROOT.glob("schema/*.yaml"):
        schema = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "name" in schema and schema["name"] not in known:
            name = schema.pop("name")
            (folder / f"{name}.yaml").write_text(yaml.safe_dump({name: schema}), encoding="utf-8")


class Store:
    """A home with something in it, and what comes out of it."""

    def __init__(self, candour, folder, name, arguments):
        self.candour, self.folder, self.name = candour, folder, name
        self.home = folder / f"{name}-home"
        self.run("administrator", "init", json_answer=False)
        self.imported = self.run("analyst", "import", *arguments)

    def run(self, who, *arguments, json_answer=True):
        """Runs the program; its JSON answer, or its text."""
        command = [self.candour, "--home", self.home, "--as", who, "--purpose", "demo", *(["--json"] if json_answer else []), *arguments]
        done = subprocess.run([str(part) for part in command], capture_output=True, timeout=120, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments}: {done.stderr.decode()}")
        return json.loads(done.stdout) if json_answer else done.stdout

    def export(self, kind, *arguments):
        """Exports in a format; the file's path and what the program says of it."""
        out = self.folder / f"{self.name}{len(list(self.folder.iterdir()))}.{kind}"
        return out, self.run("supervisor", "export", "--format", kind, "--to", "a check", "--out", out, *arguments)


def canonical(entity):
    """An entity without the order of its values."""
    return entity["schema"], {name: sorted(values) for name, values in entity["properties"].items() if values}


def read_entities(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    return {entity["id"]: entity for entity in map(json.loads, filter(str.strip, lines))}


def check_ftm(store, model, proxy, expected):
    """FollowTheMoney takes every entity with all its values; where the input was such a file, it is the input."""
    path, said = store.export("ftm")
    entities = read_entities(path)
    same(f"{store.name} ftm: as many entities as the import said", len(entities), store.imported["entities"])
    same(f"{store.name} ftm: as many entities as the export says", len(entities), said["entities"])
    if expected is not None:
        same(f"{store.name} ftm: equal to the input", {id_: canonical(e) for id_, e in entities.items()}, {id_: canonical(e) for id_, e in expected.items()})
    for id_, entity in entities.items():
        loaded = proxy.from_dict(entity, cleaned=True)
        same(f"{store.name} ftm: {id_} loads", canonical(loaded.to_dict()), canonical(entity))
        # Telephone numbers that are set aside for fiction, which the examples use, are no numbers to the library.
        real = {**entity, "properties": {name: values for name, values in entity["properties"].items() if name != "phone"}}
        cleaned = proxy.from_dict(real, cleaned=False)
        same(f"{store.name} ftm: {id_} is clean", canonical(cleaned.to_dict()), canonical(real))
        check(f"{store.name} ftm: {id_} has a schema of the model", model.get(entity["schema"]) is not None)
    return entities


def check_statements(store, entities):
    """The statements are those that followthemoney makes of the entities, ids and checksums with them.

    Each entity's last statement, `id`, holds a checksum over the ids of the others, and those are made with the name of the
    dataset. The library is therefore told the dataset. Its command line is not: `ftm ... -d NAME` writes NAME beside
    statements whose ids were made for a dataset `undefined`, so the checksums that it writes are others.
    """
    from followthemoney import StatementEntity
    from followthemoney.dataset import Dataset
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements

    path, _ = store.export("statements")
    raw = path.read_bytes()
    same(f"{store.name} statements: columns", next(csv.reader(io.StringIO(raw.decode()))), list(CSV_COLUMNS))
    found = list(read_csv_statements(io.BytesIO(raw)))
    key = lambda s: (s.id, s.canonical_id, s.entity_id, s.schema, s.prop, s.prop_type, s.value, s.dataset, s.external)
    for id_, entity in entities.items():
        rows = [statement for statement in found if statement.canonical_id == id_]
        names = {statement.dataset for statement in rows}
        same(f"{store.name} statements: {id_} has one dataset", len(names), 1)
        dataset = Dataset.make({"name": names.pop(), "title": "A check"})
        made = StatementEntity.from_data(dataset, entity, cleaned=True)
        same(f"{store.name} statements: {id_}", Counter(map(key, rows)), Counter((s.id, id_, *key(s)[2:]) for s in made.statements))
        again = StatementEntity.from_statements(dataset, [s for s in rows if s.prop != "id"] or rows)
        same(f"{store.name} statements: {id_} becomes the entity again", canonical(again.to_dict()), canonical(entity))
    return found


def check_graphml(store, entities):
    """networkx sees the nodes and edges that the neighbourhoods show."""
    import networkx

    path, _ = store.export("graphml")
    graph = networkx.MultiDiGraph(networkx.read_graphml(path, force_multigraph=True))
    tags = Counter(element.tag.rpartition("}")[2] for element in ET.parse(path).iter())
    same(f"{store.name} graphml: every node and edge is read", (graph.number_of_nodes(), graph.number_of_edges()), (tags["node"], tags["edge"]))
    edges = [(data["id"] if "id" in data else key, source, target, data["schema"], data["directed"]) for source, target, key, data in graph.edges(keys=True, data=True)]
    same(f"{store.name} graphml: ids of edges are unique", len({edge[0] for edge in edges}), len(edges))
    for id_, data in list(graph.nodes(data=True))[:20]:
        around = store.run("supervisor", "neighbours", id_)
        shown = Counter((e["source"], e["target"], e["schema"], e["directed"]) for e in around["edges"] if id_ in (e["source"], e["target"]) and e["source"] in entities and e["target"] in entities)
        same(f"{store.name} graphml: the links of {id_}", Counter(edge[1:] for edge in edges if id_ in edge[1:3]), shown)
        own = next(node for node in around["nodes"] if node["hop"] == 0)
        same(f"{store.name} graphml: {id_}", (data["schema"], data["caption"]), (own["schema"], own["caption"]))
    lost = [id_ for id_ in entities if id_ not in graph and not any(edge[0] == id_ for edge in edges) and model_edge(entities[id_]) is None]
    same(f"{store.name} graphml: nothing that is not a link is left out", lost, [])
    return graph, edges


def model_edge(entity):
    from followthemoney import model

    schema = model.get(entity["schema"])
    return schema.edge_source if schema.edge else None


def check_geojson(store, entities):
    """Points of RFC 7946: longitude before latitude, both in range, one for each entity that has both."""
    path, _ = store.export("geojson")
    collection = json.loads(path.read_text(encoding="utf-8"))
    same(f"{store.name} geojson: a collection", (collection["type"], set(collection)), ("FeatureCollection", {"type", "features"}))
    expected = {}
    for id_, entity in entities.items():
        latitudes, longitudes = (entity["properties"].get(name, []) for name in ("latitude", "longitude"))
        if latitudes and longitudes:
            expected[id_] = [float(longitudes[0]), float(latitudes[0])]
    found = {}
    for feature in collection["features"]:
        shape = (feature["type"], feature["geometry"]["type"], set(feature) >= {"id", "geometry", "properties"}, set(feature["geometry"]))
        same(f"{store.name} geojson: {feature['id']}", shape, ("Feature", "Point", True, {"type", "coordinates"}))
        longitude, latitude = feature["geometry"]["coordinates"]
        check(f"{store.name} geojson: {feature['id']} is on earth", -180 <= longitude <= 180 and -90 <= latitude <= 90)
        found[feature["id"]] = [longitude, latitude]
    same(f"{store.name} geojson: points", found, expected)


def joined(entity, name):
    return "; ".join(sorted(entity["properties"].get(name, [])))


def check_csv(store, entities):
    """One row per entity, one column per property in use, no cell that a spreadsheet takes for a formula."""
    path, _ = store.export("csv")
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    used = sorted({name for entity in entities.values() for name in entity["properties"]})
    same(f"{store.name} csv: columns", header, ["id", "schema", "caption", *used])
    same(f"{store.name} csv: rows", [row[0] for row in rows], sorted(entities))
    formula = re.compile(r"[=+\-@\t\r]")
    number = re.compile(r"[+-]?\d+(\.\d+)?$")
    for row in rows:
        guarded = lambda text: f"'{text}" if formula.match(text) and not number.match(text) else text
        same(f"{store.name} csv: {row[0]}", row[3:], [guarded(joined(entities[row[0]], name)) for name in used])
        check(f"{store.name} csv: {row[0]} has no formula", not any(formula.match(cell) and not number.match(cell) for cell in row))


def sheets(path):
    """All sheets as lists of texts, continued ones put together; and whether every cell is plain text."""
    book, tables, plain = openpyxl.load_workbook(path), defaultdict(list), True
    for sheet in book.worksheets:
        header, *rows = sheet.iter_rows()
        plain = plain and all(cell.value is None or (cell.data_type in ("s", "inlineStr") and cell.number_format == "@") for row in (header, *rows) for cell in row)
        texts = [[unescape(str(cell.value or "")) for cell in row] for row in rows]
        tables[re.sub(r" \d+$", "", sheet.title)].extend(dict(zip([cell.value for cell in header], row)) for row in texts)
    return tables, plain


def check_xlsx(store, entities, edges, statements):
    """openpyxl finds a sheet per schema, the links and the sources, all of it text."""
    path, _ = store.export("xlsx")
    tables, plain = sheets(path)
    check(f"{store.name} xlsx: every cell is text, formatted as text", plain)
    links, sources = tables.pop("links"), tables.pop("sources")
    same(f"{store.name} xlsx: sheets", set(tables), {entity["schema"] for entity in entities.values()})
    same(f"{store.name} xlsx: rows", {name: len(rows) for name, rows in tables.items()}, dict(Counter(entity["schema"] for entity in entities.values())))
    for schema, rows in tables.items():
        for row in rows:
            entity = entities[row["id"]]
            names = set(row) - {"id", "caption", "merged"}
            missing = set(entity["properties"]) - names
            wrong = [name for name in names if row[name] != joined(entity, name) and f"{utf16(joined(entity, name))} characters, more than a cell holds" not in row[name]]
            same(f"{store.name} xlsx: {schema} {row['id']}", (missing, wrong), (set(), []))
    bare = lambda id_: re.sub(r"#\d+$", "", id_)
    same(f"{store.name} xlsx: links", Counter((r["id"], r["source"], r["target"], r["schema"]) for r in links), Counter((bare(e[0]), *e[1:4]) for e in edges))
    values, parts = set(), defaultdict(str)
    for row in sources:
        key = (row["entity"], row["property"], row["dataset"])
        if row["part"]:
            parts[key] += row["value"]
        else:
            values.add((*key, row["value"]))
    values |= {(*key, value) for key, value in parts.items()}
    same(f"{store.name} xlsx: sources", values, {(s.entity_id, s.prop, s.dataset, s.value) for s in statements if s.prop != "id"})
    check(f"{store.name} xlsx: every source is graded and marked", all(re.match(r"[123][A-E]$", r["grade"]) and r["marking"] and r["source"] for r in sources))
    same(f"{store.name} xlsx: no cell is longer than a spreadsheet takes", [r["id"] for t in (*tables.values(), links, sources) for r in t if any(utf16(c) > CELL for c in r.values())], [])
    return sources


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def read_chart(root):
    """A chart's items by what identifies them: icons by identity, links by ends, type and label."""
    classes = {e.get("Id"): e.get("Name") for e in root.iter("AttributeClass")}
    grades = {no: [e.get("Text") for e in root.findall(f"Grade{no}/StringCollection/String")] for no in ("One", "Two", "Three")}
    types = {e.get("Id"): e.get("Name") for tag in ("EntityType", "LinkType") for e in root.iter(tag)}
    icons, links, numbers = {}, Counter(), {}
    for item in root.iter("ChartItem"):
        attributes = {classes[a.get("AttributeClassReference")]: a.get("Value") for a in item.iter("Attribute")}
        card = lambda c: (c.get("Summary"), c.get("Text"), c.get("SourceReference"), c.get("SourceType"), *(grades[no][int(c.get(f"Grade{no}Index"))] for no in grades))
        cards = tuple(sorted(card(c) for c in item.iter("Card")))
        entity, link = item.find("End/Entity"), item.find("Link")
        if entity is not None:
            style = entity.find("Icon/IconStyle")
            numbers[entity.get("EntityId")] = entity.get("Identity")
            icons[entity.get("Identity")] = (item.get("Label"), style.get("Type"), types[style.get("EntityTypeReference")], attributes, cards)
        else:
            style = link.find("LinkStyle")
            arrow = style.get("ArrowStyle", "ArrowNone")
            links[(numbers[link.get("End1Id")], numbers[link.get("End2Id")], types[style.get("LinkTypeReference")], arrow, item.get("Label"), tuple(sorted(attributes.items())), cards)] += 1
    return icons, links


def flat(chart):
    """A chart with spaces for line ends and tabs: anxwritter leaves them bare in attributes, where XML turns them into spaces."""
    if isinstance(chart, str):
        return re.sub(r"[\t\n\r]", " ", chart)
    if isinstance(chart, dict):
        return type(chart)({flat(key): flat(value) for key, value in chart.items()})
    return tuple(map(flat, chart)) if isinstance(chart, tuple) else chart


def vocabulary(root):
    """Which element stands in which, and which attribute on which."""
    inside = {(parent.tag, child.tag) for parent in root.iter() for child in parent}
    return inside | {(element.tag, f"@{name}") for element in root.iter() for name in element.keys()}


def rewrite_chart(root, icons, links):
    """The same chart by anxwritter."""
    import anxwritter as anx
    from loguru import logger

    logger.remove()
    chart = anx.ANXChart(settings={"chart": {"id_reference_linking": False}})
    for no, place in (("One", "grades_one"), ("Two", "grades_two"), ("Three", "grades_three")):
        setattr(chart, place, anx.GradeCollection(default="-", items=[e.get("Text") for e in root.findall(f"Grade{no}/StringCollection/String")]))
    chart.source_types = [e.get("Text") for e in root.findall("SourceHints/StringCollection/String")]
    for e in root.iter("AttributeClass"):
        chart.add_attribute_class(name=e.get("Name"), type="text", visible=False)
    for e in root.iter("EntityType"):
        chart.add_entity_type(name=e.get("Name"), icon_file=e.get("IconFile"), representation="Icon", color=int(e.get("Colour")))
    for e in root.iter("LinkType"):
        chart.add_link_type(name=e.get("Name"))
    make = lambda c: anx.Card(summary=c[0], description=c[1], source_ref=c[2], source_type=c[3], grade_one=c[4], grade_two=c[5], grade_three=c[6])
    for identity, (label, kind, _, attributes, cards) in icons.items():
        chart.add_icon(id=identity, type=kind, label=label, attributes=attributes, cards=[make(c) for c in cards])
    for (source, target, kind, arrow, label, attributes, cards), times in links.items():
        for _ in range(times):
            chart.add_link(from_id=source, to_id=target, type=kind, label=label, attributes=dict(attributes), cards=[make(c) for c in cards], **({} if arrow == "ArrowNone" else {"arrow": arrow}))
    return ET.fromstring(chart.to_xml().encode("utf-8"))


def check_anx(store, graph, edges, sources):
    """The chart has the nodes and edges, every reference leads somewhere, and anxwritter writes the same chart."""
    path, _ = store.export("anx")
    root = ET.parse(path).getroot()
    ids = [e.get("Id") for e in root.iter() if e.get("Id")]
    same(f"{store.name} anx: ids are unique", len(set(ids)), len(ids))
    check(f"{store.name} anx: references lead somewhere", {v for e in root.iter() for k, v in e.items() if k.endswith("Reference") and k != "SourceReference"} <= set(ids))
    icons, links = read_chart(root)
    same(f"{store.name} anx: icons", {id_: (i[0], i[1], i[2]) for id_, i in icons.items()}, {id_: (d["caption"], d["schema"], d["schema"]) for id_, d in graph.nodes(data=True)})
    same(f"{store.name} anx: icons say their id, caption and schema", [id_ for id_, i in icons.items() if (i[3]["id"], i[3]["caption"], i[3]["schema"]) != (id_, i[0], i[1])], [])
    drawn = Counter()
    for (source, target, kind, arrow, *_), times in links.items():
        drawn[(source, target, kind, arrow == "ArrowOnHead")] += times
    same(f"{store.name} anx: links", drawn, Counter(edge[1:] for edge in edges))
    same(f"{store.name} anx: every link has its evidence", [key[:3] for key in links if not key[6]], [])
    graded = {(c[2].split(", ")[0], c[3], c[4][0] + c[5][0], c[6]) for i in [*icons.values(), *links] for c in i[-1]}
    stated = {(r["source"], r["dataset"], r["grade"], r["marking"]) for r in sources}
    check(f"{store.name} anx: cards have the grades of the sources", graded and graded <= stated, f"{graded - stated}")
    theirs = rewrite_chart(root, icons, links)
    for what, found, expected in zip(("icons", "links"), read_chart(theirs), (icons, links)):
        same(f"{store.name} anx: anxwritter writes the same {what}", flat(found), flat(expected))
    same(f"{store.name} anx: nothing that anxwritter would not write", vocabulary(root) - vocabulary(theirs), set())


def check_store(store, expected=None):
    from followthemoney import EntityProxy, model

    entities = check_ftm(store, model, EntityProxy, expected)
    statements = check_statements(store, entities)
    graph, edges = check_graphml(store, entities)
    check_geojson(store, entities)
    check_csv(store, entities)
    sources = check_xlsx(store, entities, edges, statements)
    check_anx(store, graph, edges, sources)
    return entities


def check_query(store):
    """An export of what a search finds says where the links between the found come from."""
    path, said = store.export("xlsx", "--query", "schema-free no such thing")
    same(f"{store.name} query: nothing is found, and the workbook opens", (said["entities"], set(sheets(path)[0])), (0, {"links", "sources"} & set(sheets(path)[0])))
    path, _ = store.export("xlsx", "--query", "*")
    tables, _ = sheets(path)
    same(f"{store.name} query: sources of links that were not found themselves", {r["id"] for r in tables["links"]} - {r["id"] for r in tables["sources"]} - property_links(tables), set())


def property_links(tables):
    return {r["id"] for r in tables["links"] if r["id"] == f"{r['source']}.{r['schema']}.{r['target']}"}


def check_coverage(candour):
    """Every format that the program knows is checked here."""
    done = subprocess.run([candour, "export", "--format", "?", "--to", "x"], capture_output=True, timeout=60, check=False)
    known = re.search(r"use one of ([a-z, ]+)", done.stderr.decode())
    here = {name.removeprefix("check_") for name in globals()} & set(known[1].split(", "))
    same("every format has a check", here, set(known[1].split(", ")))


def main():
    candour = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        join_models(folder / "model")
        # Before followthemoney is imported, which reads it once.
        os.environ["FTM_MODEL_PATH"] = str(folder / "model")
        check_coverage(candour)
        check_store(Store(candour, folder, "depot", [ROOT / "examples/depot", "--mapping", ROOT / "examples/depot/mapping.yml"]))
        lines = [{"id": id_, "schema": schema, "properties": properties} for id_, schema, properties in DIFFICULT]
        difficult = folder / "difficult.ijson"
        difficult.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        store = Store(candour, folder, "difficult", [difficult])
        check_store(store, {line["id"]: line for line in lines})
        check_query(store)
        if DONATIONS.exists():
            check_store(Store(candour, folder, "donations", [DONATIONS]), read_entities(DONATIONS))
        else:
            print(f"skipped: `{DONATIONS}` is not there")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
