"""How people and programs ask: HTTP, the command line, pictures and pages.

Everything here puts the answers of ``queries`` into a form, or hands sources to ``loaders``; nothing here decides
what an answer says.
"""
