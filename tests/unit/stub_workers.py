"""What stands in for a worker process in tests: it loads nothing, and can be made to die."""

import os
from pathlib import Path

HASH = "hash"


def count(connection, plan):
    """Answer each batch with the length of its texts; end where the one in charge does."""
    connection.send(HASH)
    try:
        while True:
            connection.send([[(len(text), os.getpid())] for text, _ in connection.recv()])
    except EOFError:
        return


def die_once(connection, plan):
    """As `count`, but die over the first batch that any of these processes gets."""
    [folder] = plan.lexicons
    connection.send(HASH)
    try:
        while True:
            texts = connection.recv()
            try:
                (Path(folder) / "died").touch(exist_ok=False)
            except FileExistsError:
                connection.send([[(len(text), os.getpid())] for text, _ in texts])
            else:
                os._exit(9)
    except EOFError:
        return


def die(connection, plan):
    """Die over every batch."""
    connection.send(HASH)
    connection.recv()
    os._exit(9)


def fail(connection, plan):
    """Answer with an error."""
    connection.send(ValueError("the lexicon cannot be read"))
