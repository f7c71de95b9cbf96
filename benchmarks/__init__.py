"""Measurements of quality and speed on real and generated libraries; nothing here is shipped."""
