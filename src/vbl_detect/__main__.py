"""``python -m vbl_detect``."""

from vbl_detect.cli import main

if __name__ == "__main__":
    main()
