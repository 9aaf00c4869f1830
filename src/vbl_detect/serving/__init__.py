"""The page on the own machine: paste a draft, see what `vbl-detect check` finds, and mend it.

`judging`, `rows` and `documents` do the work, `application` answers the page, `guard` turns all
others away, `running` starts and stops the server. Nothing of a text is written to disk or logged.
"""
