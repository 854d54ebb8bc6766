"""What is known of dates, addresses, publishers, headlines and languages, as columns."""
