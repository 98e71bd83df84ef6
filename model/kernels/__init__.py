"""The equations, one file a symbol: arrays in, arrays out."""
