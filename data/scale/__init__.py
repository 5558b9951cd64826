"""Beyond one machine: incidents in partitioned files added up to cubes, on Polars or on Spark, by the same functions.

Needs the extra ``spark`` (``pip install 'crossings[spark]'``); the page never imports this room.
"""
