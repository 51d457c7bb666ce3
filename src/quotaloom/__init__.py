"""QuotaLoom 织标: one sales number becomes a plan that everybody can carry."""
