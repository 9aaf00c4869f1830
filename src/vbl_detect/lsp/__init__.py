"""The editor server: findings as diagnostics over the Language Server Protocol, on stdio.

`judging` tells what a draft's findings are, the same as `vbl-detect check`; `diagnostics`, `hovers`
and `actions` put them into the protocol's words; `server` speaks it.
"""
