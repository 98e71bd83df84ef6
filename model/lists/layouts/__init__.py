"""The layouts of lists, one file each. `LAYOUTS` in `model.lists.reading` names them."""
