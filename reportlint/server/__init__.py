"""The language server: the linter inside an editor, over standard input and output.

    positions  offsets of the core to positions of the protocol, and back
    jobs       what is done with a draft that is open: check, fix, silence
    worker     a process that does jobs, one after the other
    pool       such processes, from the side of those who want something done
    options    what an editor may set
    client     what the editor can do
    convert    findings to diagnostics, actions, hovers and symbols of the protocol
    app        the handlers: what happens when

Only the last three know the protocol's types; they need the extra ``lsp``. Drafts are
checked in processes of their own, not in threads: a check is Python from end to end and would
share the interpreter with the answer to the next hover; what is stale cannot be stopped in a
thread, but a process can be ended; and what crashes or runs out of memory takes no editor with it.
"""
