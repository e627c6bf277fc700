"""Files in and out: digests of reports, and the fixtures made of them."""
