"""Where Piccolo finds our engine and our one app."""

from piccolo.conf.apps import AppRegistry

from marketplace import db

DB = db.engine()

APP_REGISTRY = AppRegistry(apps=["marketplace.piccolo_app"])
