"""The web pages: one page a file, each a short script from top to bottom; Streamlit is used only here and in `app`."""
