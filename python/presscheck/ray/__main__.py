"""`python -m presscheck.ray`: the driver."""

import sys

from presscheck.ray._driver import main

sys.exit(main())
