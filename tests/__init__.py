"""The tests. The environment is set here, before anything of the site can read it."""

import os

os.environ.update(
    MARKETPLACE_SECRET_KEY="a secret that only the tests know, 32+",
    MARKETPLACE_PUBLIC_URL="http://test.localhost",
    MARKETPLACE_SMTP_URL="",
    MARKETPLACE_DEMO="no",
    MARKETPLACE_EMBEDDED_WORKER="no",
    PICCOLO_CONF="piccolo_conf",
)
