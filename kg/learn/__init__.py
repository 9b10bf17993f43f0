"""Learn from a corpus and from labelled papers what ships in `extractors/induced` (needs `paperatlas[learn]`)."""
