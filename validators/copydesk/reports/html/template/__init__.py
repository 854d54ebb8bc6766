"""The page of the HTML report as three plain files: template.html, report.css and report.js."""
