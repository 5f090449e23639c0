"""Corpora: millions of records in JSONL or Parquet, checked or cleaned.

``source`` cuts inputs into chunks, ``work`` makes of a chunk what is to be written, in whatever
process, ``store`` keeps the output so that it survives being killed, ``run`` ties them together.
The unit that everything agrees on is the chunk: chunks depend on the inputs alone, so the output is
the same however many processes there are and however often a run was interrupted.
"""
