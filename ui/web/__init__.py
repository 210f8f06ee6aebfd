"""The web chat: one file knows gradio (page.py), the others are pure."""
