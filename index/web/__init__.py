"""From the web, when a person asks for it: pages, feeds and sitemaps, kept in a mirror on disk.

Nothing here runs by itself. What is fetched lands in files, and the same readers read them as any other file.
"""
