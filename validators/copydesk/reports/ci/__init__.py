"""Reports for programs: JUnit XML, SARIF, code quality, annotations and a Markdown summary."""
