"""`python -m presscheck`: the command."""

from presscheck._command import main

main()
