"""Fields that several forms about families share; they live in `web.fields`."""

from web.fields import GuardedField, PhoneField, no_identity_number

__all__ = ["GuardedField", "PhoneField", "no_identity_number"]
