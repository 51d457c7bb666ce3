"""How numbers move, knowing no business."""
