"""The drawing table: canvas, lettering, noise, relief, halftone, grain, and the adaptive JPEG writer.

Everything is seeded, so that drawing twice gives the same picture.
"""

import io
import os

import numpy as np
import skia
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(HERE, "fonts")
OUT = os.path.join(HERE, "..", "pictures")
MAX_BYTES = 116_000

FACES = {
    "sans": "IBMPlexSans-Regular", "sansm": "IBMPlexSans-Medium", "sansb": "IBMPlexSans-SemiBold",
    "sansi": "IBMPlexSans-Italic", "serif": "IBMPlexSerif-Regular", "serifb": "IBMPlexSerif-SemiBold",
    "serifi": "IBMPlexSerif-Italic", "ar": "IBMPlexSansArabic-Regular", "arb": "IBMPlexSansArabic-SemiBold",
}
ARABIC_FACE = {"sans": "ar", "sansm": "ar", "sansi": "ar", "serif": "ar", "serifi": "ar", "sansb": "arb", "serifb": "arb"}


def rng(seed):
    return np.random.default_rng(seed)


def font(face, size):
    return ImageFont.truetype(os.path.join(FONTS, FACES[face] + ".ttf"), size)


def is_arabic(text):
    return any("\u0600" <= ch <= "\u06ff" for ch in text)


def colour(hex_or_rgb, alpha=1.0):
    r, g, b = rgb(hex_or_rgb)
    return skia.Color(int(r), int(g), int(b), int(round(alpha * 255)))


def rgb(value):
    if isinstance(value, str):
        value = value.lstrip("#")
        return tuple(int(value[i:i + 2], 16) for i in (0, 2, 4))
    return value


def outline(points, closed=False):
    """A skia path through the points."""
    path = skia.Path()
    path.addPoly([skia.Point(float(x), float(y)) for x, y in points], closed)
    return path


class Table:
    """A drawing surface: shapes by skia, lettering by Pillow (it shapes Arabic), finish by numpy."""

    def __init__(self, w, h, ground):
        self.w, self.h = w, h
        self.pixels = np.zeros((h, w, 4), np.uint8)
        self.surface = skia.Surface(self.pixels, colorType=skia.kRGBA_8888_ColorType)
        self.c = self.surface.getCanvas()
        self.c.clear(colour(ground))

    def fill(self, shape, fill, alpha=1.0):
        self.c.drawPath(self._path(shape, True), skia.Paint(Color=colour(fill, alpha), AntiAlias=True))

    def stroke(self, shape, ink, width=2, alpha=1.0, dash=None, closed=False, cap=True):
        paint = skia.Paint(Color=colour(ink, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        if cap:
            paint.setStrokeCap(skia.Paint.kRound_Cap)
        if dash:
            paint.setPathEffect(skia.DashPathEffect.Make(list(map(float, dash)), 0.0))
        self.c.drawPath(self._path(shape, closed), paint)

    def line(self, x0, y0, x1, y1, ink, width=2, alpha=1.0, dash=None):
        self.stroke([(x0, y0), (x1, y1)], ink, width, alpha, dash)

    def rect(self, x, y, w, h, fill, alpha=1.0):
        self.c.drawRect(skia.Rect.MakeXYWH(x, y, w, h), skia.Paint(Color=colour(fill, alpha), AntiAlias=True))

    def disc(self, x, y, r, fill, alpha=1.0):
        self.c.drawCircle(x, y, r, skia.Paint(Color=colour(fill, alpha), AntiAlias=True))

    def ring(self, x, y, r, ink, width=2, alpha=1.0):
        self.c.drawCircle(x, y, r, skia.Paint(Color=colour(ink, alpha), AntiAlias=True,
                                              Style=skia.Paint.kStroke_Style, StrokeWidth=width))

    def clip(self, shape, inverse=False):
        self.c.save()
        op = skia.ClipOp.kDifference if inverse else skia.ClipOp.kIntersect
        self.c.clipPath(self._path(shape, True), op, True)

    def unclip(self):
        self.c.restore()

    def hatch(self, shape, ink, step=9, width=2, alpha=1.0, slope=1):
        """Diagonal hatching inside a closed shape."""
        self.clip(shape)
        for x in range(-self.h, self.w + self.h, step):
            self.line(x, self.h if slope > 0 else 0, x + self.h, 0 if slope > 0 else self.h, ink, width, alpha)
        self.unclip()

    def text(self, x, y, words, face="sans", size=26, ink="#1a1a1a", anchor="ls", halo=None, halo_width=4, tracking=0):
        """Lettering at a baseline point; Arabic is shaped and set right to left."""
        if is_arabic(words):
            face = ARABIC_FACE.get(face, face)
        picture = Image.fromarray(self.pixels)
        pen = ImageDraw.Draw(picture)
        extra = dict(direction="rtl", language="ar") if is_arabic(words) else {}
        chosen = font(face, size)
        if tracking:
            words = words.replace(" ", "  ")
            widths = [chosen.getlength(ch) + tracking for ch in words]
            total = sum(widths) - tracking
            at = x - (total / 2 if anchor[0] == "m" else total if anchor[0] == "r" else 0)
            for ch, step in zip(words, widths):
                pen.text((at, y), ch, font=chosen, fill=rgb(ink), anchor="l" + anchor[1],
                         stroke_width=halo_width if halo else 0, stroke_fill=rgb(halo) if halo else None)
                at += step
        else:
            pen.text((x, y), words, font=chosen, fill=rgb(ink), anchor=anchor,
                     stroke_width=halo_width if halo else 0, stroke_fill=rgb(halo) if halo else None, **extra)
        self.pixels[:] = np.asarray(picture)

    def width_of(self, words, face, size):
        if is_arabic(words):
            return font(ARABIC_FACE.get(face, face), size).getlength(words, direction="rtl")
        return font(face, size).getlength(words)

    def array(self):
        return self.pixels[:, :, :3].astype(np.float32) / 255

    def put(self, array):
        self.pixels[:, :, :3] = (np.clip(array, 0, 1) * 255).astype(np.uint8)
        self.pixels[:, :, 3] = 255


# --- texture ---------------------------------------------------------------------------------

def noise(h, w, seed, octaves=7, base=3, gain=0.5):
    """Fractal value noise in 0..1."""
    source = rng(seed)
    total, amplitude = np.zeros((h, w), np.float32), 1.0
    for octave in range(octaves):
        cells = base * 2 ** octave
        ny, nx = max(2, int(cells * h / w) + 3), cells + 3
        grid = source.random((ny, nx)).astype(np.float32)
        ys, xs = np.linspace(0, ny - 2.001, h), np.linspace(0, nx - 2.001, w)
        total += amplitude * ndimage.map_coordinates(grid, np.meshgrid(ys, xs, indexing="ij"), order=3, mode="nearest")
        amplitude *= gain
    total -= total.min()
    return total / total.max()


def ridged(h, w, seed, octaves=8, base=3, gain=0.52):
    """Ridged fractal: sharp crests, as folded mountains have."""
    total, amplitude, weight = np.zeros((h, w), np.float32), 1.0, 1.0
    for octave in range(octaves):
        layer = noise(h, w, seed * 97 + octave, octaves=1, base=base * 2 ** octave)
        layer = (1 - np.abs(2 * layer - 1)) ** 2
        total += amplitude * layer * weight
        weight = np.clip(layer * 1.6, 0, 1)
        amplitude *= gain
    total -= total.min()
    return total / total.max()


def hillshade(height, exaggeration=60.0, azimuth=315, altitude=42):
    gy, gx = np.gradient(height * exaggeration * height.shape[1] / 1600)
    slope, aspect = np.arctan(np.hypot(gx, gy)), np.arctan2(-gx, gy)
    az, alt = np.radians(azimuth), np.radians(altitude)
    return np.clip(np.sin(alt) * np.cos(slope) + np.cos(alt) * np.sin(slope) * np.cos(az - aspect), 0, 1)


def ramp(value, stops):
    """Maps 0..1 values through (position, colour) stops to an RGB array."""
    xs = [s[0] for s in stops]
    return np.stack([np.interp(value, xs, [rgb(s[1])[i] / 255 for s in stops]) for i in range(3)], axis=-1)


def mix(a, b, t):
    t = t[..., None] if np.ndim(t) == 2 else t
    return a * (1 - t) + b * t


def grain(array, seed, amount=0.03, size=1.5):
    """Film grain: soft, a little coarser than a pixel, weaker in the extremes."""
    speckle = ndimage.gaussian_filter(rng(seed).standard_normal(array.shape[:2]), size)
    speckle /= speckle.std()
    light = array.mean(axis=2)
    return array + (speckle * amount * 0.72 * (0.45 + 1.1 * light * (1 - light) * 2))[..., None]


def vignette(array, strength=0.25):
    h, w = array.shape[:2]
    y, x = np.mgrid[-1:1:h * 1j, -1:1:w * 1j]
    return array * (1 - strength * np.clip((x ** 2 + y ** 2) / 2, 0, 1) ** 1.3)[..., None]


def duotone(tone, ink, paper):
    return ramp(np.clip(tone, 0, 1), [(0, ink), (1, paper)])


def halftone(tone, ink, paper, cell=7.0, angle=30, softness=1.2, depth=0.2):
    """A round-dot screen of a 0..1 tone (0 = ink), laid over the flat two-colour print by `depth`."""
    h, w = tone.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    a = np.radians(angle)
    u, v = (x * np.cos(a) + y * np.sin(a)) / cell, (-x * np.sin(a) + y * np.cos(a)) / cell
    screen = (np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v)) / 4 + 0.5
    flat = ndimage.gaussian_filter(tone, cell * 0.28)
    dot = np.clip((flat - (1 - screen) * 0.96 - 0.02) * softness * cell * 0.36 + 0.5, 0, 1)
    return mix(duotone(tone, ink, paper), duotone(dot, ink, paper), depth)


def engrave(tone, ink, paper, pitch=7.0, wave=None, angle=0, sharp=1.6, depth=0.24):
    """Line engraving: lines swell as the tone darkens; `wave` bends them."""
    h, w = tone.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    a = np.radians(angle)
    phase = (y * np.cos(a) - x * np.sin(a) + (wave if wave is not None else 0)) / pitch
    tri = np.abs((phase % 1) * 2 - 1)
    line = np.clip((tone - (1 - tri)) * sharp * pitch * 0.5 + 0.5, 0, 1)
    line = np.where(tone > 0.97, 1, line)
    return mix(duotone(tone, ink, paper), duotone(line, ink, paper), depth)


def blur(array, sigma):
    return ndimage.gaussian_filter(array, (sigma, sigma, 0) if array.ndim == 3 else sigma)


def fractal_line(points, seed, depth=5, rough=0.18):
    """Midpoint displacement: turns a few points into a coast or a river."""
    source, line = rng(seed), [np.array(p, float) for p in points]
    for _ in range(depth):
        finer = [line[0]]
        for a, b in zip(line, line[1:]):
            along = b - a
            finer += [(a + b) / 2 + np.array([-along[1], along[0]]) * source.normal(0, rough), b]
        line = finer
    return [tuple(p) for p in line]


def spline(points, steps=24):
    """Catmull-Rom through the points."""
    p = [np.array(q, float) for q in points]
    p = [2 * p[0] - p[1]] + p + [2 * p[-1] - p[-2]]
    out = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        for t in np.linspace(0, 1, steps, endpoint=False):
            out.append(tuple(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)))
    return out + [tuple(p[-2])]


# --- delivery --------------------------------------------------------------------------------

def deliver(key, picture):
    """Writes pictures/{key}.jpg, progressive, at the best quality, then size, that fits the weight."""
    if isinstance(picture, Table):
        picture = picture.array()
    image = Image.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))
    for width, quality in ((1600, 84), (1600, 82), (1600, 78), (1600, 74), (1600, 70), (1600, 66), (1600, 60), (1400, 62), (1400, 56), (1200, 60), (1200, 52), (1040, 50)):
        if width < image.width:
            image = image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
        held = io.BytesIO()
        image.save(held, "JPEG", quality=quality, progressive=True, optimize=True, subsampling=2 if quality < 82 else 1)
        if held.tell() <= MAX_BYTES:
            break
    with open(os.path.join(OUT, key + ".jpg"), "wb") as out:
        out.write(held.getvalue())
    print(f"{key:24} {image.width}x{image.height}  q{quality}  {held.tell() // 1024} KB")


Table._path = staticmethod(lambda shape, closed: outline(shape, closed) if isinstance(shape, list) else shape)
