"""A picture as somebody sends it, made into a small one of ours."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

# What is decoded at most: a JPEG is made smaller while it is read, the others lie in memory whole.
MOST_PIXELS = {"JPEG": 25_000_000, "PNG": 12_000_000, "WEBP": 12_000_000}
LONGEST_SIDE = 1_200
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, Image.DecompressionBombError)


class NotAPicture(ValueError):
    """It cannot be read as a JPEG, PNG or WebP picture."""


class TooManyPixels(ValueError):
    """Decoding it would need too much memory."""


@dataclass(frozen=True)
class Picture:
    """A JPEG without anything but its pixels: no place, no camera, no comment."""

    content: bytes
    width: int
    height: int


def small_picture(content: bytes) -> Picture:
    """Decode, turn upright, make small and write anew: only pixels come through. Raises NotAPicture, TooManyPixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged metadata; the size is judged below
            with Image.open(BytesIO(content), formats=tuple(MOST_PIXELS)) as came:
                if came.width * came.height > MOST_PIXELS[came.format or ""]:
                    raise TooManyPixels
                came.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # a JPEG is decoded smaller at once
                upright = ImageOps.exif_transpose(came)
                pixels = on_white(upright)
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels from bomb
    except TooManyPixels:
        raise
    except UNREADABLE as wrong:
        raise NotAPicture from wrong
    written = BytesIO()
    pixels.save(written, "JPEG", quality=78, optimize=True)
    return Picture(written.getvalue(), pixels.width, pixels.height)


def on_white(picture: Image.Image) -> Image.Image:
    """Its pixels alone in a new picture; what is transparent becomes white."""
    seen = picture.convert("RGBA")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
