#!/usr/bin/env python3
"""Writes the Parquet files beside it with pyarrow, a writer that is independent of our reader: `python make.py`."""
import datetime as dt, decimal, pathlib
import pyarrow as pa, pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
people = pa.table({
    "id": pa.array([3, 1, 2, 4], pa.int64()),
    "name": pa.array(["Zoë Ångström", "Aled Prosser", None, "李小龍"]),
    "aliases": pa.array([["Zoe A.", "Z. Angstrom"], [], None, ["Bruce Lee"]], pa.list_(pa.string())),
    "born": pa.array([dt.date(1971, 3, 9), dt.date(1899, 12, 31), None, dt.date(2024, 2, 29)]),
    "seen": pa.array([dt.datetime(2001, 2, 3, 4, 5, 6), dt.datetime(1970, 1, 1), None, dt.datetime(1969, 12, 31, 23, 59, 59)], pa.timestamp("us")),
    "height": pa.array([1.75, 2.0, None, float("nan")]),
    "sum": pa.array([decimal.Decimal("12.50"), decimal.Decimal("-0.05"), None, decimal.Decimal("0.00")], pa.decimal128(7, 2)),
    "active": pa.array([True, False, None, True]),
    "small": pa.array([-5, 0, None, 7], pa.int32()),
    "code": pa.array(["a", "b", "a", "a"]).dictionary_encode(),
})
for compression in ("none", "snappy", "gzip", "zstd", "lz4"):
    pq.write_table(people, HERE / f"people-{compression}.parquet", compression=compression, row_group_size=3, store_decimal_as_integer=True)
pq.write_table(people, HERE / "people-v1.parquet", version="1.0", data_page_version="1.0", use_dictionary=False, use_deprecated_int96_timestamps=True)
pq.write_table(people, HERE / "people-v2.parquet", version="2.6", data_page_version="2.0", store_decimal_as_integer=True)
pq.write_table(people, HERE / "people-brotli.parquet", compression="brotli")
pq.write_table(pa.table({"id": ["1"], "name": pa.array([{"first": "A", "last": "B"}])}), HERE / "structure.parquet")
pq.write_table(people.slice(0, 0), HERE / "no-rows.parquet")
