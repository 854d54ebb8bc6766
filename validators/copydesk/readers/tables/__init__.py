"""Tables with columns of their own types: Parquet, Arrow, ORC, SQLite, Excel, and frames in memory."""
