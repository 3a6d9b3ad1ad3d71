"""``python -m electrodoe``."""

from electrodoe.cli.app import main

if __name__ == "__main__":
    main()
