"""The pages, each asked: who sees it, who may change it, who sees nothing."""
