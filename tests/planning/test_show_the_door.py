"""Places to meet, and the only picture there is."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from accounts.models import User
from groups.models import Group
from municipalities.models import Municipality
from planning.models import Venue, VenueDoor
from tests.conftest import Browser
from tests.factories import VenueFactory, gathering_of
from tests.planning.resources import a_picture

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"planning:{name}", args=["9901", *arguments])


@pytest.fixture
def venue(lillevik: Municipality) -> Venue:
    return VenueFactory(municipality=lillevik)


@pytest.fixture
def me(browse: Browse, coordinator: User) -> Browser:
    coordinator.language = "en"
    coordinator.save()
    return browse(coordinator)


def send(me: Browser, venue: Venue, content: bytes, alt: str = "En rød dør", name: str = "dor.jpg") -> Any:
    form = {"file": SimpleUploadedFile(name, content), "alt": alt}
    return me.post(address("edit_door", venue.pk), form)


def from_a_phone() -> bytes:
    """A photo lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Telefonfabrikken"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 45.0, 0.0)})
    return a_picture((1600, 900), "JPEG", exif=exif, comment=b"Skolegata 4")


def test_a_photo_is_kept_small_upright_and_without_where_it_was_taken(me: Browser, venue: Venue) -> None:
    came = from_a_phone()
    assert b"Telefonfabrikken" in came
    assert send(me, venue, came).url == address("venue", venue.pk)
    shown = me.get(address("door", venue.pk))
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/jpeg", "no-store")
    kept = Image.open(BytesIO(shown.content))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (675, 1200), {})
    assert len(shown.content) < 100_000
    for private in (b"Telefonfabrikken", b"Skolegata", b"Exif"):
        assert private not in shown.content
    page = me.get(address("venue", venue.pk)).content.decode()
    assert 'alt="En rød dør"' in page
    assert address("door", venue.pk) in page


def test_a_transparent_picture_gets_a_white_ground(me: Browser, venue: Venue) -> None:
    written = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    send(me, venue, written.getvalue())
    kept = Image.open(BytesIO(bytes(VenueDoor.objects.get().image)))
    assert kept.getpixel((20, 20)) == (255, 255, 255)


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Ikke et bilde", "This file cannot be read as a picture."),
        (b"%PDF-1.7 ...", "This file cannot be read as a picture."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "This file cannot be read as a picture."),
        (a_picture(kind="GIF"), "This file cannot be read as a picture."),
        (a_picture(kind="JPEG")[:200], "This file cannot be read as a picture."),
        (bomb(), "The picture has too many pixels."),
        (a_picture((4000, 3100)), "The picture has too many pixels."),
        (b"\0" * (5 * 1024 * 1024 + 1), "The picture is larger than 5 MB."),
        (b"", "The file is empty."),
    ],
    ids=["text", "pdf", "svg", "gif", "cut", "bomb", "many pixels", "too large", "empty"],
)
def test_a_bad_file_gets_a_clear_sentence(me: Browser, venue: Venue, content: bytes, words: str) -> None:
    answer = send(me, venue, content)
    assert (answer.status_code, VenueDoor.objects.count()) == (200, 0)
    page = answer.content.decode()
    assert words in page
    assert "En rød dør" in page


def test_a_picture_needs_words_for_those_who_do_not_see_it(me: Browser, venue: Venue) -> None:
    assert "Fill in this field." in send(me, venue, a_picture(), alt=" ").content.decode()
    assert VenueDoor.objects.count() == 0


def test_the_words_can_be_changed_and_the_picture_taken_away(me: Browser, venue: Venue) -> None:
    send(me, venue, a_picture())
    before = bytes(VenueDoor.objects.get().image)
    me.post(address("edit_door", venue.pk), {"alt": "Rød dør, tre trinn"})
    door = VenueDoor.objects.get()
    assert (door.alt, bytes(door.image)) == ("Rød dør, tre trinn", before)
    me.post(address("edit_door", venue.pk), {"alt": "Rød dør", "remove": "on"})
    assert VenueDoor.objects.count() == 0
    assert me.get(address("door", venue.pk)).status_code == 404


def test_only_those_who_plan_here_see_the_door(
    me: Browser, browse: Browse, venue: Venue, referrer: User, stranger: User
) -> None:
    send(me, venue, a_picture())
    path = address("door", venue.pk)
    assert browse(referrer).get(path).status_code == 403
    assert browse(stranger).get(path).status_code == 404
    assert browse(stranger).get(path.replace("9901", "9902")).status_code == 404
    assert browse(None).get(path).status_code == 302


def test_the_database_wants_words_and_a_small_picture(venue: Venue, coordinator: User) -> None:
    values = {"municipality": venue.municipality, "venue": venue, "width": 1, "height": 1, "added_by": coordinator}
    for name, image, alt in (("a_door_is_described", b"x", ""), ("a_door_is_a_small_picture", b"x" * 400_001, "Dør")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            VenueDoor.objects.create(image=image, alt=alt, **values)


def test_no_history_keeps_a_picture(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relname like 'planning_venuedoorevent%'")
        assert cursor.fetchone() == (0,)


def test_a_place_is_kept_with_all_it_has(me: Browser, lillevik: Municipality) -> None:
    form = {
        "name": "Samfunnshuset",
        "address": "Torget 1",
        "directions": "Alle busser til Torget.",
        "used_for": "joint",
        "capacity": "120",
        "kitchen": "small",
        "accessibility": "Heis.",
        "cost": "gratis",
    }
    assert me.post(address("new_venue"), form).status_code == 302
    row = Venue.objects.get()
    page = me.get(address("venue", row.pk)).content.decode()
    for words in (
        "Torget 1",
        "Alle busser",
        "for joint events",
        "room for 120 people",
        "small kitchen",
        "Heis.",
        "gratis",
    ):
        assert words in page
    assert "Samfunnshuset" in me.get(address("venues") + "?used_for=joint").content.decode()
    assert "Nothing fits." in me.get(address("venues") + "?used_for=groups").content.decode()


def test_a_place_out_of_use_is_no_choice_but_stays_where_it_was_chosen(me: Browser, venue: Venue, birch: Group) -> None:
    gathering = gathering_of(birch, venue=venue)
    birch.meeting_place = venue
    birch.save()
    form = {"name": venue.name, "address": venue.address, "used_for": "both", "ended": "on"}
    assert me.post(address("edit_venue", venue.pk), form).status_code == 302
    option = f'<option value="{venue.pk}"'
    assert option not in me.get(reverse("sessions_log:new", args=["9901"])).content.decode()
    assert option not in me.get(reverse("groups:new", args=["9901"])).content.decode()
    assert option in me.get(reverse("sessions_log:edit", args=["9901", gathering.pk])).content.decode()
    assert option in me.get(reverse("groups:edit", args=["9901", birch.pk])).content.decode()
