"""The page in the browser: blocks as HTML, static files, templates."""
