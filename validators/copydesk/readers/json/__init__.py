"""JSON: lines, arrays, single articles, and documents that hold articles somewhere within."""
