"""A machine that the project is deployed on."""

from tests.support.deployed import archive, machine, password, site

__all__ = ["archive", "machine", "password", "site"]
