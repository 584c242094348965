"""Reports as people read them: one document, shown in chat, as a PDF and as a spreadsheet."""
