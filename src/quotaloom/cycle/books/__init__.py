"""口径对账: from signed to recognised, invoiced and paid, and against finance's control totals."""
