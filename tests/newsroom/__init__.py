"""A newsroom's files of every format, written by the tests, with what a careful reader finds in each."""
