"""Charts drawn on the server: figures in, geometry out; templates turn it into SVG."""
