from sos_tracker.cli import main

main()
