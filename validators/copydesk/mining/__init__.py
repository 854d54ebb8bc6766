"""Mining: what repeats across a publisher's articles, as rules that a person reviews."""
