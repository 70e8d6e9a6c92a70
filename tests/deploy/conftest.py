"""A machine that the project is deployed on."""

from tests.support.deployed import archive, machine, site

__all__ = ["archive", "machine", "site"]
