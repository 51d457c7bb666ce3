"""What facts come to, kept beside them so that pages stay fast: caches, never the truth.

FACTS/.marts/order_lines-9c1f….parquet              the rows that count, where batches renew others
             order_lines.region-9c1f….parquet       their sums by day and region
"""
