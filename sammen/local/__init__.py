"""What runs the product on one machine with nothing installed: PostgreSQL, Valkey, web, worker, clock and sink."""
