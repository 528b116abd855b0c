"""`python -m bot` is `alumina`: for platforms that install the requirements, and not the project itself."""

from bot.cli import main

main()
