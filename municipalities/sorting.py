"""Names in Norwegian order, the same on every server."""

from django.db.models import CharField, Func


class NbKey(Func):
    """The key by which names sort: a–z, æ, ø, å, with aa as å. The function is made by the first migration."""

    function = "nb_key"
    output_field = CharField()
