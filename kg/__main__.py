"""Let `python -m kg` be the command `kg`."""

from kg.cli import main

main()
