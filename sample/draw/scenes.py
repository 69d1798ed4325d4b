"""The illustration drawer: places and things in halftone, engraving and layered tone."""

from desk import *

BLACK = "#000000"


def tone_of(t):
    return t.array().mean(axis=2)


def sky(h, w, stops, seed, cloud=0.25, base=3):
    """A graded sky with drifting cloud, as RGB."""
    y = np.repeat(np.linspace(0, 1, h)[:, None], w, 1)
    streak = ndimage.zoom(noise(h // 4 + 1, w // 2 + 1, seed, 6, base), (h / (h // 4 + 1), w / (w // 2 + 1)), order=1)[:h, :w]
    return ramp(np.clip(y + (streak - 0.5) * cloud, 0, 1), stops)


def skyline():
    """Tarsin at night across the river, in a two-colour screen."""
    h, w = 1067, 1600
    t = Table(w, h, "#000000")
    t.put(ramp(np.repeat(np.linspace(0, 1, h)[:, None], w, 1), [(0, "#2a2a2a"), (0.5, "#767676"), (0.62, "#b4b4b4"), (0.63, "#404040"), (1, "#141414")]))
    source = rng(101)
    for depth, (tone, low, high) in enumerate((("#5c5c5c", 90, 250), ("#343434", 60, 300), ("#0c0c0c", 40, 190))):
        x = -20
        while x < w:
            width = int(source.integers(38, 120))
            height = int(source.integers(low, high) * (1.25 if abs(x - 900) < 350 else 0.8))
            top = 672 - height
            t.rect(x, top, width, height, tone)
            roof = source.random()
            if roof < 0.25:
                t.fill([(x, top), (x + width, top), (x + width / 2, top - width * 0.55)], tone)
            elif roof < 0.4:
                t.rect(x + width * 0.42, top - 46, 5, 46, tone)
            elif roof < 0.5:
                t.disc(x + width / 2, top, width * 0.36, tone)
                t.rect(x + width / 2 - 2, top - width * 0.36 - 30, 4, 30, tone)
            if depth:
                for wx in range(x + 7, x + width - 8, 13):
                    for wy in range(top + 12, 664, 17):
                        if source.random() < (0.34 if depth == 1 else 0.2):
                            t.rect(wx, wy, 6, 9, "#f4f4f4", 0.55 + 0.45 * source.random())
            x += width + int(source.integers(-4, 16))
    for x in (880,):
        t.rect(x, 250, 62, 430, "#0c0c0c")
        t.fill([(x - 10, 252), (x + 72, 252), (x + 31, 120)], "#0c0c0c")
        t.disc(x + 31, 320, 23, "#f0f0f0")
        t.line(x + 31, 320, x + 31, 304, BLACK, 4)
        t.line(x + 31, 320, x + 42, 326, BLACK, 4)
    t.rect(0, 668, w, 10, "#0c0c0c")
    lit = tone_of(t)
    y = np.arange(678, h)
    mirror = lit[np.clip(672 - ((y - 678) * 0.92).astype(int), 0, 671)]
    shift = (7 * np.sin(y / 5.0) + 5 * rng(9).standard_normal(len(y))).astype(int)
    lit[678:] = 0.10 + 0.62 * blur(np.stack([np.roll(row, s) for row, s in zip(mirror, shift)]), 1.6) * np.linspace(1, 0.55, len(y))[:, None]
    t2 = Table(w, h, BLACK)
    t2.put(np.repeat(lit[:, :, None], 3, 2))
    for x0 in (-60, 300, 660, 1020, 1380):
        t2.stroke([(x0 + 180 + 180 * np.cos(a), 800 - 76 * np.sin(a)) for a in np.linspace(np.pi, 0, 40)], "#050505", 15)
        t2.rect(x0 - 16, 752, 32, 90, "#050505")
    t2.rect(0, 716, w, 16, "#050505")
    for x in range(14, w, 88):
        t2.rect(x, 690, 4, 28, "#050505")
        t2.disc(x + 2, 688, 6, "#ffffff")
    deliver("tarsin-night", halftone(tone_of(t2), "#10223a", "#f1e3bd", 9, 22, 1.15))


def lighthouse():
    """Tarrow light in a gale: a line engraving."""
    h, w = 1600, 1280
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    base = 0.30 + 0.42 * noise(h, w, 111, 6, 3) + 0.12 * (1 - y / h)
    lx, ly = 690, 440
    angle = np.arctan2(y - ly, x - lx)
    for centre, spread in ((np.pi * 0.93, 0.075), (-0.12, 0.075)):
        off = np.abs(np.angle(np.exp(1j * (angle - centre))))
        base += 0.62 * np.exp(-(off / spread) ** 2) * np.clip(1.25 - np.hypot(x - lx, y - ly) / 1100, 0, 1)
    base += 0.6 * np.exp(-(np.hypot(x - lx, y - ly) / 75) ** 2)
    sea_line = 1130
    t = Table(w, h, BLACK)
    t.put(np.repeat(np.clip(base, 0.06, 0.96)[:, :, None], 3, 2))
    swell = noise(h, w, 112, 5, 5)
    arr = t.array()
    rows = np.clip((y - sea_line) / (h - sea_line), 0, 1)
    wave = 0.34 + 0.3 * np.sin((y - sea_line) / (9 + 26 * rows) + 7 * swell + x / 190.0) * (0.4 + rows) + 0.16 * swell
    arr = np.where((y > sea_line)[..., None], np.clip(wave, 0.04, 0.85)[..., None], arr)
    t.put(arr)
    rock = fractal_line([(330, 1220), (430, 1110), (540, 1030), (620, 975), (780, 968), (900, 1020), (1010, 1100), (1130, 1165), (1330, 1230), (1330, 1420), (900, 1400), (560, 1370)], 7, 4, 0.14)
    t.fill(rock, "#262626")
    facets = rng(113)
    for _ in range(120):
        fx, fy = facets.uniform(400, 1260), facets.uniform(1000, 1380)
        t.clip(rock)
        t.fill([(fx, fy), (fx + facets.uniform(20, 80), fy - facets.uniform(10, 60)), (fx + facets.uniform(10, 70), fy + facets.uniform(10, 50))], "#ffffff", float(facets.uniform(0.05, 0.30)))
        t.unclip()
    t.fill([(618, 990), (764, 990), (740, 520), (640, 520)], "#d2d2d2")
    for i, (top, bottom) in enumerate(((520, 610), (700, 790), (885, 990))):
        half = lambda yy: 50 + 23 * (yy - 520) / 470
        t.fill([(690 - half(top), top), (690 + half(top), top), (690 + half(bottom), bottom), (690 - half(bottom), bottom)], "#4a4a4a")
    t.fill([(700, 520), (740, 520), (764, 990), (716, 990)], BLACK, 0.42)
    t.rect(614, 500, 152, 22, "#1c1c1c")
    for px in range(618, 768, 18):
        t.rect(px, 468, 4, 34, "#1c1c1c")
    t.rect(614, 466, 152, 5, "#1c1c1c")
    t.rect(652, 400, 76, 100, "#f8f8f8")
    for px in (652, 676, 700, 724):
        t.rect(px, 400, 4, 100, "#222222")
    t.fill([(640, 402), (740, 402), (690, 342)], "#161616")
    t.rect(687, 306, 6, 40, "#161616")
    t.rect(672, 640, 24, 36, "#1a1a1a")
    t.rect(676, 815, 24, 36, "#1a1a1a")
    t.rect(780, 920, 190, 70, "#bdbdbd")
    t.fill([(768, 922), (982, 922), (940, 874), (812, 874)], "#3a3a3a")
    for px in (810, 870, 930):
        t.rect(px, 944, 20, 28, "#222222")
    spray = rng(114)
    for _ in range(1500):
        a, d = spray.uniform(np.pi * 1.03, np.pi * 1.72), abs(spray.normal(0, 150))
        t.disc(470 + d * np.cos(a) + spray.normal(0, 60), 1180 + d * np.sin(a), float(spray.uniform(1.5, 5)), "#ffffff", 0.75)
    tone = tone_of(t)
    wavy = 9 * np.sin(x / 90.0 + y / 130.0) + 46 * noise(h, w, 115, 3, 3)
    deliver("tarrow-light", engrave(blur(tone, 0.8), "#14202b", "#f3eddc", 11.0, wavy, sharp=1.5))


def cranes():
    """Container cranes at Port Averil against a copper sky."""
    h, w = 900, 1600
    arr = sky(h, w, [(0, "#20303f"), (0.3, "#5b5560"), (0.55, "#b9734f"), (0.72, "#eeb069"), (0.8, "#f3cd8d"), (1, "#8a5b46")], 121, 0.22)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    arr = mix(arr, np.ones_like(arr) * np.array([1, 0.92, 0.7]), 0.9 * np.exp(-((x - 1130) ** 2 + (y - 610) ** 2) / 3600) + 0.35 * np.exp(-((x - 1130) ** 2 + (y - 610) ** 2) / 60000))
    t = Table(w, h, BLACK)
    t.put(arr)

    def crane(x0, foot, s, ink, up):
        post = lambda dx, top: t.line(x0 + dx * s, foot, x0 + dx * s * 0.92, foot - top * s, ink, 11 * s)
        post(-60, 330)
        post(60, 330)
        for level in (100, 225):
            t.line(x0 - 60 * s, foot - level * s, x0 + 60 * s, foot - level * s, ink, 8 * s)
        t.line(x0 - 60 * s, foot - 100 * s, x0 + 58 * s, foot - 225 * s, ink, 4 * s)
        t.line(x0 + 60 * s, foot - 100 * s, x0 - 58 * s, foot - 225 * s, ink, 4 * s)
        beam = foot - 330 * s
        t.line(x0 - 66 * s, beam, x0 + 190 * s, beam, ink, 13 * s)
        t.line(x0 - 66 * s, beam - 20 * s, x0 + 190 * s, beam - 20 * s, ink, 4 * s)
        for i in range(-66, 190, 22):
            t.line(x0 + i * s, beam, x0 + (i + 11) * s, beam - 20 * s, ink, 3 * s)
        tip = (x0 - 330 * s, beam) if not up else (x0 - 66 * s - 255 * s * 0.34, beam - 255 * s * 0.94)
        t.line(x0 - 66 * s, beam, *tip, ink, 11 * s)
        apex = (x0 - 40 * s, beam - 120 * s)
        t.line(x0 - 66 * s, beam, *apex, ink, 8 * s)
        t.line(x0 + 40 * s, beam, *apex, ink, 6 * s)
        t.line(*apex, *tip, ink, 3 * s)
        t.line(*apex, x0 + 180 * s, beam, ink, 3 * s)
        t.rect(x0 + 90 * s, beam - 44 * s, 66 * s, 40 * s, ink)
        if not up:
            t.line(x0 - 190 * s, beam, x0 - 190 * s, beam + 130 * s, ink, 2)
            t.rect(x0 - 226 * s, beam + 130 * s, 72 * s, 30 * s, ink)
        t.disc(*apex, 4 * s, "#ff6a4d")
    for x0, s, up in ((300, 0.62, True), (560, 0.62, False), (1340, 0.62, True)):
        crane(x0, 690, s, "#6d5250", up)
    veil = t.array()
    veil = mix(veil, np.broadcast_to(np.array(rgb("#c98d5e")) / 255, veil.shape), 0.35 * np.clip((y - 420) / 280, 0, 1) * (y < 700))
    t.put(veil)
    for x0, s, up in ((880, 1.15, False), (1480, 1.15, True)):
        crane(x0, 742, s, "#1b1a20", up)
    source = rng(122)
    for row in range(4):
        for i in range(34):
            if source.random() < 0.9 - row * 0.2:
                shade = source.choice(["#2b2024", "#3a2422", "#22262e", "#452d24", "#1d2127"])
                t.rect(-10 + i * 50, 726 - row * 27, 47, 25, str(shade))
    t.rect(0, 748, w, 12, "#141318")
    hull = [(40, 800), (760, 800), (735, 872), (80, 872)]
    arr = t.array()
    rows = np.arange(760, h)
    mirror = arr[np.clip(756 - (rows - 760) * 2, 0, h - 1)]
    shift = (6 * np.sin(rows / 3.3) + 6 * rng(2).standard_normal(len(rows))).astype(int)
    arr[760:] = blur(np.stack([np.roll(r, s, 0) for r, s in zip(mirror, shift)]), 1.5) * 0.62
    t.put(arr)
    deliver("averil-cranes", grain(vignette(t.array(), 0.3), 12, 0.028))


def mist():
    """The Sorrel range in ten layers of morning mist, upright."""
    h, w = 1600, 1280
    arr = sky(h, w, [(0, "#cfd8d6"), (0.35, "#e9e2d2"), (0.6, "#f2dcc0"), (1, "#e6d9cb")], 131, 0.2)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    arr = mix(arr, np.ones_like(arr), 0.8 * np.exp(-((x - 900) ** 2 + (y - 330) ** 2) / 3200))
    far, near = np.array(rgb("#a9b8bb")) / 255, np.array(rgb("#16262c")) / 255
    for i in range(9):
        k = i / 8
        profile = noise(2, w * 3, 140 + i * 3, 8, 3 + i, 0.48)[0][w:2 * w]
        crest = 430 + 118 * i + (0.5 - profile) * (420 - 16 * i)
        mask = np.clip(y - crest[None, :], 0, 1)
        if i > 5:
            trees = np.abs(((x * (1.3 + 0.2 * i) + 37 * np.sin(x / 9)) % 26) - 13) * (1.2 + 0.25 * i) * (0.5 + noise(2, w, 170 + i, 5, 30)[0][None, :])
            mask = np.clip(y - crest[None, :] - 14 + (26 - trees) * 0.8, 0, 1)
        body = far * (1 - k ** 1.1) + near * k ** 1.1
        fog = np.clip((y - crest[None, :]) / (190 + 30 * i), 0, 1) ** 1.2 * (0.85 - 0.5 * k)
        layer = mix(np.broadcast_to(body, arr.shape), np.broadcast_to(np.array(rgb("#e5ddd0")) / 255, arr.shape), fog)
        arr = mix(arr, layer, mask)
    deliver("sorrel-mist", grain(blur(arr, 0.5), 13, 0.022))


def archive():
    """Shelves of boxed records; one row swollen by water."""
    h, w = 1067, 1600
    t = Table(w, h, "#2a2019")
    source = rng(151)
    cloth = ["#7b3f2a", "#3f4f45", "#8a744a", "#5a2f2c", "#34434f", "#a08a60", "#6b5a43", "#4a3b52", "#94603a", "#2f3a33"]
    for shelf in range(4):
        floor = 262 + shelf * 262
        x = 10
        while x < w - 20:
            width, height = int(source.integers(26, 74)), int(source.integers(168, 214))
            if source.random() < 0.06:
                x += int(source.integers(20, 70))
                continue
            tone = str(source.choice(cloth))
            lean = source.normal(0, 2) if source.random() < 0.9 else source.normal(0, 12)
            spine = [(x + lean, floor - height), (x + width + lean, floor - height), (x + width, floor), (x, floor)]
            t.fill(spine, tone)
            t.fill([(x + lean, floor - height), (x + lean + 6, floor - height), (x + 6, floor), (x, floor)], "#ffffff", 0.12)
            t.fill([(x + width - 8 + lean, floor - height), (x + width + lean, floor - height), (x + width, floor), (x + width - 8, floor)], BLACK, 0.32)
            for band in (0.16, 0.22, 0.8):
                by = floor - height * (1 - band)
                t.line(x + 3 + lean * (1 - band), by, x + width - 3 + lean * (1 - band), by, "#d9bf86", 2, 0.7)
            if source.random() < 0.6 and width > 32:
                t.rect(x + 6 + lean * 0.6, floor - height * 0.68, width - 12, 44, "#e9dfc8", 0.92)
                for k in range(3):
                    t.line(x + 11 + lean * 0.6, floor - height * 0.68 + 12 + k * 10, x + width - 12 - source.integers(0, 12) + lean * 0.6, floor - height * 0.68 + 12 + k * 10, "#3b2f25", 2, 0.7)
            x += width + 1
        t.rect(0, floor, w, 22, "#4c3524")
        t.rect(0, floor, w, 4, "#7d5b3d")
        t.rect(0, floor + 22, w, 26, BLACK, 0.45)
    arr = t.array()
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    lamp = np.exp(-(((x - 560) / 620) ** 2 + ((y - 380) / 480) ** 2))
    arr = arr * (0.26 + 1.0 * lamp)[..., None] * np.array([1.06, 0.97, 0.82])
    tide = 878 + 26 * (noise(2, w, 152, 6, 5)[0] - 0.5)
    wet = np.clip((y - tide[None, :]) / 3, 0, 1)
    arr = mix(arr, arr * np.array([0.55, 0.52, 0.5]) + 0.01, wet * 0.8)
    line = np.exp(-((y - tide[None, :]) / 2.6) ** 2)
    arr = mix(arr, np.broadcast_to(np.array(rgb("#c7b48f")) / 255, arr.shape), line * 0.35 * lamp)
    arr *= (0.86 + 0.28 * noise(h, w, 153, 7, 12))[..., None]
    deliver("archive-shelf", grain(arr, 14, 0.03))


def ship():
    """The Senna Aurora hard aground, dusk, long lens."""
    h, w = 1067, 1600
    arr = sky(h, w, [(0, "#27323f"), (0.25, "#4d5964"), (0.48, "#9a938d"), (0.6, "#d8b49a"), (0.64, "#c9a48f"), (1, "#59646c")], 161, 0.3)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    horizon = 660
    swell = noise(h, w, 162, 6, 6)
    depth = np.clip((y - horizon) / (h - horizon), 0, 1)
    wave = np.sin((y - horizon) / (2.5 + 22 * depth) + 9 * swell + x / (90 + 260 * depth))
    sea = ramp(np.clip(0.42 + 0.22 * wave + 0.5 * (swell - 0.5) - 0.2 * depth, 0, 1), [(0, "#151d24"), (0.4, "#34424b"), (0.7, "#66727a"), (0.9, "#b5a79c"), (1, "#e3d3c6")])
    arr = np.where((y > horizon)[..., None], sea, arr)
    t = Table(w, h, BLACK)
    t.put(arr)
    t.fill(fractal_line([(1640, 560), (1500, 575), (1400, 610), (1330, 650), (1290, 668), (1640, 672)], 3, 5, 0.1), "#2b3238")
    t.rect(1476, 500, 13, 78, "#2b3238")
    t.disc(1482, 498, 7, "#fff2c9")
    tilt = lambda px, py: (px * 0.9976 - (py - 690) * 0.07 + 6, py * 0.9976 + (px - 760) * 0.07 - 4)
    shape = lambda pts: [tilt(*p) for p in pts]
    ink = "#12161b"
    t.fill(shape([(250, 560), (1180, 560), (1260, 520), (1290, 522), (1226, 716), (300, 716), (262, 640)]), ink)
    t.fill(shape([(290, 660), (1244, 660), (1226, 716), (300, 716)]), "#4a1f1c")
    source = rng(163)
    for column in range(18):
        high = int(source.integers(2, 6)) if column not in (10, 11) else 1
        for level in range(high):
            skew = source.normal(0, 9) if column in (9, 12) and level > 2 else 0
            px, py = 400 + column * 43 + skew, 560 - (level + 1) * 27
            t.fill(shape([(px, py + skew / 2), (px + 40, py), (px + 40, py + 25), (px, py + 25)]), str(source.choice(["#1c2128", "#2a2226", "#1a262b", "#35231f", "#23292f"])))
    t.fill(shape([(262, 560), (262, 360), (280, 340), (372, 340), (388, 360), (388, 560)]), ink)
    t.fill(shape([(236, 352), (420, 352), (420, 372), (236, 372)]), ink)
    for k in range(7):
        t.fill(shape([(272 + k * 16, 380), (283 + k * 16, 380), (283 + k * 16, 392), (272 + k * 16, 392)]), "#f5cf86", 0.9 if k in (1, 2, 5) else 0.25)
    t.fill(shape([(300, 340), (344, 340), (338, 280), (308, 280)]), ink)
    t.stroke(shape([(322, 280), (322, 220)]), ink, 5)
    t.stroke(shape([(1200, 552), (1206, 450)]), ink, 6)
    t.disc(*tilt(1206, 448), 6, "#ffdf9a")
    for px, py in ((716, 740), (770, 760), (655, 752), (840, 748), (540, 772), (930, 790)):
        t.fill([(px, py), (px + 36, py - 9), (px + 40, py + 8), (px + 4, py + 15)], str(source.choice(["#1d252b", "#4a2620", "#233038"])))
    foam = rng(164)
    for _ in range(2600):
        px = foam.uniform(230, 1330)
        t.disc(px, 706 + (px - 760) * 0.07 + abs(foam.normal(0, 11)), float(foam.uniform(1, 4)), "#e9e4de", 0.55)
    tug = [(1020, 842), (1150, 842), (1168, 812), (1104, 806), (1100, 778), (1056, 778), (1052, 806), (1012, 812)]
    t.fill(tug, "#101418")
    t.line(1078, 778, 1078, 742, "#101418", 4)
    t.disc(1078, 742, 4, "#ffefc0")
    t.line(1012, 818, 720, 742, "#101418", 2, 0.8)
    out = blur(t.array(), 0.7)
    haze = np.exp(-((y - 650) / 120) ** 2) * 0.16
    out = mix(out, np.broadcast_to(np.array(rgb("#d6b9a2")) / 255, out.shape), haze)
    deliver("senna-aurora", grain(vignette(out, 0.35), 15, 0.03))


def assembly():
    """The Assembly in Tarsin: eight columns and a pediment, engraved."""
    h, w = 1067, 1600
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    t = Table(w, h, BLACK)
    t.put(np.repeat((0.60 + 0.3 * (noise(h, w, 171, 5, 3) - 0.4) + 0.22 * (y / h))[:, :, None], 3, 2))
    t.rect(0, 880, w, 200, "#6e6e6e")
    t.rect(120, 410, 1360, 480, "#b9b9b9")
    t.rect(330, 400, 940, 490, "#4a4a4a")
    for k in range(7):
        px = 392 + k * 124
        t.rect(px, 520, 56, 300 if k != 3 else 350, "#161616")
        t.rect(px - 6, 506, 68, 10, "#8a8a8a")
    for wx in (160, 222, 1324, 1386):
        for wy in (470, 660):
            t.rect(wx, wy, 40, 96, "#2a2a2a")
            t.rect(wx - 5, wy - 12, 50, 8, "#e8e8e8")
    for k in range(8):
        px = 322 + k * 124
        for i in range(48):
            shade = int(70 + 175 * np.sin(np.pi * (i + 6) / 60) ** 1.2 - (26 if i % 8 in (6, 7) else 0))
            t.rect(px + i, 440, 1.3, 440, (max(shade, 20),) * 3)
        t.rect(px - 10, 420, 68, 22, "#f0f0f0")
        t.rect(px - 10, 866, 68, 18, "#dcdcdc")
    t.rect(280, 366, 1040, 56, "#dddddd")
    t.rect(280, 412, 1040, 8, "#3a3a3a")
    for k in range(34):
        t.rect(292 + k * 30.4, 380, 12, 18, "#7a7a7a")
    t.fill([(262, 366), (1338, 366), (800, 196)], "#efefef")
    t.fill([(360, 350), (1240, 350), (800, 216)], "#868686")
    for k in range(-5, 6):
        high = 108 - abs(k) * 17
        t.fill([(800 + k * 70 - 14, 346), (800 + k * 70 + 14, 346), (800 + k * 70 + 9, 346 - high * 0.7), (800 + k * 70, 346 - high), (800 + k * 70 - 9, 346 - high * 0.7)], "#e4e4e4")
        t.disc(800 + k * 70, 346 - high, max(4, 12 - abs(k)), "#e4e4e4")
    for k in range(9):
        t.rect(250 - k * 16, 884 + k * 16, 1100 + k * 32, 16, ("#e2e2e2", "#8d8d8d")[k % 2])
    t.rect(798, 60, 5, 140, "#202020")
    t.fill(spline([(803, 66), (850, 58), (896, 76), (944, 64)], 8) + [(944, 120)] + spline([(944, 120), (896, 132), (850, 114), (803, 122)], 8), "#303030")
    crowd = rng(172)
    for _ in range(64):
        px, py = crowd.uniform(60, 1540), crowd.uniform(960, 1040)
        s = 0.7 + (py - 960) / 130
        t.disc(px, py - 33 * s, 5.5 * s, "#141414")
        t.fill([(px - 8 * s, py - 26 * s), (px + 8 * s, py - 26 * s), (px + 6 * s, py + 12 * s), (px - 6 * s, py + 12 * s)], "#141414")
    tone = np.clip(tone_of(t) * (0.8 + 0.4 * noise(h, w, 173, 4, 4)), 0, 1)
    wavy = 5 * np.sin(x / 140.0) + 16 * noise(h, w, 174, 2, 3)
    a = engrave(blur(tone, 0.7), "#2a1b12", "#f6efe0", 9.0, wavy, 0, 1.5)
    b = engrave(np.clip(blur(tone, 0.7) * 1.7 + 0.05, 0, 1), "#2a1b12", "#f6efe0", 9.0, wavy, np.radians(0) + 62, 1.5)
    deliver("assembly-front", np.minimum(a, mix(np.ones_like(b), b, 0.5)))


def floodlights():
    """Harbour Ground under lights, duotone screen."""
    h, w = 900, 1600
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    base = 0.06 + 0.12 * (y / h) + 0.05 * noise(h, w, 181, 5, 4)
    lamps = [(170, 150), (560, 110), (1040, 110), (1430, 150)]
    for lx, ly in lamps:
        d = np.hypot(x - lx, y - ly)
        base += 0.95 * np.exp(-(d / 62) ** 2) + 0.30 * np.exp(-d / 190)
        for foot in (500, 800, 1100):
            beam = np.abs((x - lx) - (foot - lx) * (y - ly) / 560) / (18 + (y - ly) * 0.22)
            base += 0.09 * np.exp(-beam ** 2) * (y > ly) * (y < 680)
    t = Table(w, h, BLACK)
    t.put(np.repeat(np.clip(base, 0, 1)[:, :, None], 3, 2))
    for lx, ly in lamps:
        t.rect(lx - 4, ly, 8, 330, "#1a1a1a")
        t.rect(lx - 58, ly - 24, 116, 48, "#1a1a1a")
        for i in range(6):
            for j in range(2):
                t.disc(lx - 47 + i * 19, ly - 11 + j * 22, 8, "#ffffff")
    t.fill([(-10, 430), (800, 372), (1610, 430), (1610, 640), (-10, 640)], "#151515")
    t.fill([(-10, 400), (800, 345), (1610, 400), (1610, 424), (800, 366), (-10, 424)], "#3a3a3a")
    people = rng(182)
    for row in range(17):
        for i in range(300):
            px = i * 5.4 + people.uniform(-2, 2)
            py = 440 + row * 11.5 - 50 * (1 - abs(px - 800) / 800) * (1 - row / 19)
            t.disc(px, py, float(people.uniform(2.1, 3.4)), (int(people.integers(60, 190)),) * 3)
    t.fill([(-200, 900), (230, 632), (1370, 632), (1800, 900)], "#9c9c9c")
    for k in range(10):
        a, b = 230 + k * 114, 230 + (k + 1) * 114
        if k % 2:
            t.fill([(a, 632), (b, 632), ((b - 800) * 1.754 + 800, 900), ((a - 800) * 1.754 + 800, 900)], "#b6b6b6")
    t.line(800, 632, 800, 900, "#ffffff", 4)
    t.stroke([(800 + 190 * np.cos(a), 752 + 52 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 80)], "#ffffff", 4)
    t.line(100, 712, 1500, 712, "#ffffff", 0)
    for px, py in ((540, 720), (690, 780), (900, 700), (1040, 800), (1130, 722), (420, 800), (772, 690), (1250, 770)):
        s = (py - 560) / 150
        t.disc(px, py - 44 * s, 6 * s, "#111111")
        t.fill([(px - 9 * s, py - 36 * s), (px + 9 * s, py - 36 * s), (px + 6 * s, py - 10 * s), (px - 6 * s, py - 10 * s)], "#111111")
        t.line(px - 4 * s, py - 10 * s, px - 10 * s, py + 12 * s, "#111111", 5 * s)
        t.line(px + 4 * s, py - 10 * s, px + 9 * s, py + 12 * s, "#111111", 5 * s)
    t.disc(842, 786, 8, "#ffffff")
    rain = rng(183)
    for _ in range(520):
        px, py = rain.uniform(0, w), rain.uniform(0, h)
        t.line(px, py, px - 8, py + 30, "#ffffff", 1.2, 0.22)
    deliver("harbour-ground", halftone(np.clip(tone_of(t), 0, 1) ** 0.85, "#0c2a22", "#eef3dd", 9, 38, 1.15))


def dam():
    """Marren dam with its spillways open."""
    h, w = 1067, 1600
    arr = sky(h, w, [(0, "#7d8a90"), (0.4, "#a9b2b3"), (0.7, "#c6cbc8"), (1, "#aeb6b4")], 191, 0.4)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    for i, tone in enumerate(("#8b979a", "#66757a", "#47575b")):
        crest = 330 + 60 * i - 190 * np.abs(x[0] / w - 0.5) * (1 + i * 0.35) + (noise(2, w, 192 + i, 7, 4)[0] - 0.5) * 130
        mask = np.clip((y - crest[None, :]) / 2, 0, 1)
        arr = mix(arr, np.broadcast_to(np.array(rgb(tone)) / 255, arr.shape) * (0.8 + 0.4 * noise(h, w, 196 + i, 7, 14))[..., None], mask)
    t = Table(w, h, BLACK)
    t.put(arr)
    face = [(180, 420), (1420, 420), (1270, 960), (330, 960)]
    t.fill(face, "#a6a59c")
    t.clip(face)
    for k in range(14):
        yy = 440 + k * 42
        t.line(0, yy, w, yy, "#6f6f68", 1.6, 0.5)
    for k in range(22):
        top = 180 + k * 59
        t.line(top, 420, 800 + (top - 800) * 0.76, 960, "#6f6f68", 1.6, 0.5)
    t.unclip()
    t.rect(150, 396, 1300, 30, "#5d5f5c")
    t.rect(150, 380, 1300, 6, "#3c3e3d")
    for k in range(66):
        t.rect(152 + k * 19.7, 380, 3, 18, "#3c3e3d")
    arr = t.array()
    arr *= np.where((y > 420)[..., None], (0.8 + 0.35 * noise(h, w, 199, 7, 9))[..., None], 1)
    streak = noise(60, w, 200, 4, 60)
    rows = np.clip((y - 430) / 560, 0, 1)
    flows = np.zeros((h, w), np.float32)
    for cx in (500, 650, 800, 950, 1100):
        middle = 800 + (cx - 800) * (1 - 0.24 * rows)
        spread = 40 + 46 * rows ** 1.4
        flows = np.maximum(flows, np.clip(1.15 - np.abs(x - middle) / spread, 0, 1) * (y > 436))
    fibre = ndimage.map_coordinates(noise(h // 6, w, 201, 6, 50), [y / 6 * 0.35, x], order=1, mode="wrap")
    arr = mix(arr, (0.74 + 0.26 * fibre)[..., None] * np.array([0.95, 0.98, 1.0]), np.clip(flows * 1.5 - 0.55 * (1 - fibre), 0, 1) * (y < 985))
    boil = noise(h, w, 202, 7, 6)
    spray = np.clip(1 - np.hypot((x - 800) / 620, (y - 960) / 190), 0, 1) ** 0.8 * (0.35 + 1.0 * boil)
    river = ramp(np.clip(0.25 + 0.6 * boil + 0.2 * np.sin(y / 9 + 8 * boil), 0, 1), [(0, "#5e5a4c"), (0.5, "#8d8672"), (1, "#e2ddd0")])
    bank = np.clip((y - 950) / 6, 0, 1)
    arr = mix(arr, river, bank)
    arr = mix(arr, np.ones_like(arr) * 0.95, np.clip(spray * 1.25, 0, 0.96))
    t.put(arr)
    for px in (425, 575, 725, 875, 1025, 1175):
        fx = 800 + (px - 800) * 0.985
        t.fill([(px - 13, 372), (px + 13, 372), (fx + 15, 520), (fx - 15, 520)], "#74746d")
        t.rect(px - 17, 352, 34, 24, "#4c4e4c")
    t.rect(1290, 330, 70, 68, "#3f4241")
    t.rect(1304, 346, 16, 14, "#f2d48d")
    t.rect(1330, 346, 16, 14, "#f2d48d")
    deliver("marren-dam", grain(blur(t.array(), 0.6), 19, 0.028))


def lake():
    """Birches and new ice at Tikhvara."""
    h, w = 1067, 1600
    arr = sky(h, w, [(0, "#9fb3c4"), (0.3, "#c7d0d6"), (0.5, "#efd9cc"), (0.56, "#f2c9b4"), (1, "#b9c6cf")], 211, 0.16)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    shore = 560 + (noise(2, w, 212, 7, 6)[0] - 0.5) * 60
    trees = shore - 40 - 46 * noise(2, w, 213, 8, 40)[0]
    arr = mix(arr, np.broadcast_to(np.array(rgb("#5e6c77")) / 255, arr.shape), np.clip((y - trees[None, :]) / 3, 0, 1) * (y < 585))
    rows = np.clip(585 - (y - 585) * 1.2, 0, 584).astype(int)
    mirror = arr[rows, np.clip(x + 3 * np.sin(y / 3), 0, w - 1).astype(int)]
    ice = noise(h, w, 214, 7, 4)
    arr = np.where((y > 585)[..., None], mix(blur(mirror, 2.5) * 0.92, np.broadcast_to(np.array(rgb("#e8eef2")) / 255, arr.shape), np.clip((ice - 0.42) * 3.2, 0, 0.85)), arr)
    cracks = np.exp(-((ridged(h, w, 215, 4, 5) - 0.86) / 0.03) ** 2) * (y > 590)
    arr = mix(arr, np.ones_like(arr) * 0.98, cracks * 0.35)
    t = Table(w, h, BLACK)
    t.put(arr)
    source = rng(216)

    def branch(bx, by, angle, length, width, depth):
        ex, ey = bx + length * np.cos(angle), by + length * np.sin(angle)
        t.line(bx, by, ex, ey, "#3a3230", width, 0.9)
        if depth:
            for _ in range(2):
                branch(ex, ey, angle + source.normal(0.12, 0.45), length * source.uniform(0.6, 0.85), width * 0.6, depth - 1)
    for px, width in ((130, 44), (240, 30), (345, 38), (470, 20), (1330, 28), (1440, 46), (1540, 34)):
        lean = source.normal(0, 24)
        for _ in range(15):
            at = source.uniform(0.05, 0.62)
            side = source.choice([-1, 1])
            branch(px + lean * (1 - at), at * 1000, -np.pi / 2 + side * source.uniform(0.5, 1.15), source.uniform(50, 95), 4.2, 4)
        trunk = [(px - width / 2, 1080), (px + width / 2, 1080), (px + lean + width * 0.28, -20), (px + lean - width * 0.28, -20)]
        t.fill(trunk, "#e9e4dc")
        t.fill([(px + width * 0.1, 1080), (px + width / 2, 1080), (px + lean + width * 0.28, -20), (px + lean + width * 0.05, -20)], "#8f8d90", 0.55)
        t.clip(trunk)
        for _ in range(46):
            by, bx = source.uniform(0, 1067), px + lean * (1 - 0) * 0 + source.uniform(-width / 2, width / 2)
            bx += lean * (1 - by / 1067)
            t.fill([(bx - source.uniform(4, 16), by), (bx, by - source.uniform(1, 4)), (bx + source.uniform(4, 16), by + 1), (bx, by + source.uniform(2, 6))], "#2a2625", 0.85)
        t.unclip()
    for _ in range(340):
        px, py = source.uniform(0, w), 1080
        if 560 < px < 1250:
            continue
        tall = source.uniform(60, 210)
        t.stroke([(px, py), (px + source.normal(0, 12), py - tall * 0.6), (px + source.normal(10, 22), py - tall)], str(source.choice(["#7a6a4c", "#9b8a63", "#5e523d"])), 2.2, 0.9)
    deliver("tikhvara-lake", grain(vignette(t.array(), 0.18), 21, 0.022))


def bridge():
    """The Old Bridge at Kolvane, arches almost full, coarse screen."""
    h, w = 1067, 1600
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    t = Table(w, h, BLACK)
    t.put(np.repeat((0.68 + 0.34 * (noise(h, w, 221, 6, 3) - 0.5) + 0.1 * y / h)[:, :, None], 3, 2))
    source = rng(222)
    px = -10
    while px < w:
        width, tall = int(source.integers(60, 130)), int(source.integers(120, 260))
        t.rect(px, 470 - tall, width, tall + 80, (int(source.integers(95, 150)),) * 3)
        t.fill([(px - 6, 470 - tall), (px + width + 6, 470 - tall), (px + width / 2, 470 - tall - 60)], (int(source.integers(60, 100)),) * 3)
        for wx in range(px + 14, px + width - 18, 28):
            for wy in range(490 - tall, 470, 48):
                t.rect(wx, wy, 13, 24, (55, 55, 55) if source.random() < 0.8 else (240, 240, 240))
        px += width
    t.fill([(1180, 300), (1230, 300), (1230, 40), (1205, -30), (1180, 40)], "#5a5a5a")
    deck = lambda u: 470 - 46 * np.sin(np.pi * (u / w))
    t.fill([(u, deck(u)) for u in range(-10, w + 20, 20)] + [(w + 20, 800), (-20, 800)], "#8e8e8e")
    for k in range(5):
        cx = 160 + k * 320
        arch = [(cx + 122 * np.cos(a), 690 - 158 * np.sin(a)) for a in np.linspace(np.pi, 0, 40)] + [(cx + 122, 810), (cx - 122, 810)]
        t.fill(arch, "#1c1c1c")
        t.stroke(arch[:40], "#d0d0d0", 13)
        for a in np.linspace(0, np.pi, 17):
            t.line(cx + 116 * np.cos(a), 690 - 152 * np.sin(a), cx + 129 * np.cos(a), 690 - 165 * np.sin(a), "#4a4a4a", 2)
    for k in range(-1, 6):
        cx = k * 320
        t.fill([(cx - 34, 780), (cx + 34, 780), (cx + 30, 560), (cx, 536), (cx - 30, 560)], "#b0b0b0")
        t.fill([(cx, 780), (cx + 34, 780), (cx + 30, 560), (cx, 536)], "#6a6a6a")
    t.clip([(u, deck(u)) for u in range(-10, w + 20, 20)] + [(w + 20, 800), (-20, 800)])
    for row in range(16):
        for k in range(-1, 42):
            bx, by = k * 40 + (row % 2) * 20, 430 + row * 23
            t.stroke([(bx, by), (bx + 40, by), (bx + 40, by + 23)], "#4e4e4e", 1.6, 0.55)
    t.unclip()
    t.stroke([(u, deck(u) - 10) for u in range(-10, w + 20, 20)], "#d8d8d8", 15)
    for u in range(60, w, 200):
        t.rect(u, deck(u) - 84, 6, 76, "#2a2a2a")
        t.disc(u + 3, deck(u) - 90, 12, "#ffffff")
    for u, s in ((520, 1), (556, 0.94), (930, 1.02), (958, 0.96), (1310, 1)):
        py = deck(u) - 14
        t.disc(u, py - 44 * s, 8, "#141414")
        t.fill([(u - 12, py - 36 * s), (u + 12, py - 36 * s), (u + 10, py + 2), (u - 10, py + 2)], "#141414")
    tone = tone_of(t)
    level = 648
    swell = noise(h, w, 223, 6, 5)
    rows = np.clip((y - level) / (h - level), 0, 1)
    rush = 0.46 + 0.30 * np.sin((y - level) / (4 + 16 * rows) + 10 * swell + x / 260) + 0.35 * (swell - 0.5)
    ripple = level + 10 * np.sin(x / 37) * noise(2, w, 224, 4, 9)[0][None, :]
    tone = np.where(y > ripple, np.clip(rush, 0.05, 0.95), tone)
    for cx in range(-320, 1900, 320):
        wake = np.exp(-(np.abs(x - cx) - (y - level) * 0.32) ** 2 / 420) * (y > level) * (1 - rows)
        tone = tone + 0.5 * wake
    deliver("kolvane-bridge", halftone(np.clip(tone, 0, 1), "#231f20", "#efe9dc", 9, 45, 1.1))


def marsa():
    """The old harbour of Marsa Nour: domes, palms, lateen sails, late light in flat tone."""
    h, w = 1067, 1600
    arr = sky(h, w, [(0, "#f0c27c"), (0.3, "#f4d9a5"), (0.55, "#f8ecd2"), (1, "#e9d2a4")], 231, 0.12)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    arr = mix(arr, np.ones_like(arr) * np.array([1, 0.97, 0.88]), 0.95 * np.clip((74 - np.hypot(x - 1170, y - 330)) / 3, 0, 1))
    t = Table(w, h, BLACK)
    t.put(arr)
    source = rng(232)
    for depth, (tone, floor) in enumerate((("#d9a86f", 600), ("#b97a4c", 630), ("#7f4a32", 664))):
        px = -30
        while px < w:
            width, tall = int(source.integers(60, 150)), int(source.integers(60, 150) * (1.25 - depth * 0.2))
            t.rect(px, floor - tall, width, tall + 60, tone)
            for k in range(px + 6, px + width - 8, 16):
                if source.random() < 0.5:
                    t.rect(k, floor - tall - 7, 9, 8, tone)
            roll = source.random()
            if roll < 0.2:
                t.disc(px + width / 2, floor - tall, width * 0.38, tone)
                t.line(px + width / 2, floor - tall - width * 0.38, px + width / 2, floor - tall - width * 0.38 - 26, tone, 4)
            for wx in range(px + 14, px + width - 16, 30):
                for wy in range(floor - tall + 22, floor - 4, 40):
                    if source.random() < 0.6:
                        t.rect(wx, wy, 10, 18, "#4b2a20", 0.5)
                        t.disc(wx + 5, wy, 5, "#4b2a20", 0.5)
            px += width + int(source.integers(-10, 14))
        for mx in ((310, 1290), (720,), (1010,))[depth]:
            tall = (300, 330, 250)[depth]
            t.fill([(mx - 16, floor), (mx + 16, floor), (mx + 11, floor - tall), (mx - 11, floor - tall)], tone)
            t.rect(mx - 20, floor - tall, 40, 9, tone)
            t.rect(mx - 9, floor - tall - 44, 18, 46, tone)
            t.fill([(mx - 13, floor - tall - 42), (mx + 13, floor - tall - 42), (mx, floor - tall - 92)], tone)
    for px, tall in ((70, 210), (130, 170), (560, 190), (1450, 230), (1525, 180)):
        top = 690 - tall
        t.stroke(spline([(px, 700), (px + 8, 620), (px + 16, top)], 12), "#3a2219", 9)
        for k in range(11):
            a = np.pi * (0.02 + 0.96 * k / 10)
            end = (px + 16 + 78 * np.cos(a), top - 46 * np.sin(a) + 40 * abs(np.cos(a)) ** 2)
            t.stroke(spline([(px + 16, top), ((px + 16 + end[0]) / 2, top - 40 * np.sin(a) - 8), end], 10), "#3a2219", 6)
    t.rect(0, 672, w, 26, "#4d2c20")
    base = t.array()
    rows = np.clip(696 - (y - 698) * 1.05, 0, 696).astype(int)
    wob = (10 * np.sin(y / 4.5) * np.clip((y - 698) / 200, 0.1, 1) + 14 * (noise(h, w, 233, 5, 9) - 0.5))
    mirror = base[rows, np.clip(x + wob, 0, w - 1).astype(int)]
    water = mix(blur(mirror, 1.2), np.broadcast_to(np.array(rgb("#356a72")) / 255, base.shape), 0.42 + 0.16 * np.sin(y / 7 + 5 * noise(h, w, 234, 5, 6)))
    t.put(np.where((y > 698)[..., None], water, base))
    for bx, by, s, flip in ((380, 850, 1.25, 1), (900, 790, 0.8, 1), (1260, 900, 1.5, -1)):
        f = lambda dx, dy: (bx + dx * s * flip, by + dy * s)
        t.fill(spline([f(-120, -22), f(-60, 14), f(40, 18), f(130, -34)], 14) + [f(120, -12), f(60, 30), f(-70, 30)], "#2e1b15")
        t.line(*f(0, 10), *f(12, -190), "#2e1b15", 6 * s)
        t.fill([f(-96, -40)] + spline([f(-96, -40), f(-20, -130), f(70, -236)], 14) + spline([f(70, -236), f(66, -130), f(86, -26)], 14), "#fbf3df")
        t.stroke([f(-104, -30), f(74, -244)], "#2e1b15", 4 * s)
        t.fill([f(-80, 34), f(80, 34), f(50, 120), f(-40, 150)], "#fbf3df", 0.16)
    deliver("marsa-harbour", grain(t.array(), 23, 0.025))


def tram():
    """Line 6 in the rain: a tram, its wires and its light on wet setts, with one obstinate swan."""
    h, w = 1280, 1280
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    arr = ramp(np.clip(y / h + (noise(h, w, 241, 6, 3) - 0.5) * 0.2, 0, 1), [(0, "#2b3440"), (0.5, "#4b5560"), (0.62, "#59606a"), (1, "#20262d")])
    t = Table(w, h, BLACK)
    t.put(arr)
    for side in (-1, 1):
        for k in range(5):
            a, b = 200 + k * 110, 200 + (k + 1) * 110
            xa, xb = 640 + side * a, 640 + side * b
            t.fill([(xa, 760 + (a - 200) * 0.42), (xb, 760 + (b - 200) * 0.42), (xb, 180 - (b - 200) * 0.55), (xa, 180 - (a - 200) * 0.55)], ("#333b44", "#2a3139")[k % 2])
            for row in range(7):
                wy = 250 + row * 74
                if (k * 3 + row * 5 + side) % 4:
                    t.rect(min(xa, xb) + 30, wy, 44, 46, "#f0c878" if (k + row) % 3 == 0 else "#1d2329", 0.75)
    t.fill([(440, 760), (840, 760), (1500, 1280), (-220, 1280)], "#2c3137")
    for k in range(26):
        yy = 770 + k * k * 0.78
        t.line(0, yy, w, yy, "#454c53", 1.5, 0.5)
    for rail in (560, 720, 592, 688):
        t.line(rail, 760, 640 + (rail - 640) * 5.2, 1290, "#aab2b8", 4 if rail in (560, 720) else 2)
    t.rect(500, 400, 280, 420, "#b23a24")
    t.rect(500, 400, 280, 60, "#e8e2d2")
    t.fill([(500, 400), (780, 400), (752, 366), (528, 366)], "#3a3f44")
    t.rect(522, 474, 236, 146, "#f6dca0")
    t.rect(636, 474, 8, 146, "#4a2018")
    t.rect(560, 410, 160, 40, "#15181b")
    t.text(640, 443, "6", "sansb", 38, "#ffd264", "ms")
    t.disc(590, 556, 24, "#2b2622")
    t.rect(566, 578, 48, 44, "#2b2622")
    t.rect(500, 700, 280, 12, "#e8e2d2")
    t.rect(520, 820, 240, 26, "#17191b")
    for lx in (540, 740):
        t.disc(lx, 760, 21, "#fff6d8")
        for r, a in ((46, 0.25), (90, 0.12), (150, 0.06)):
            t.disc(lx, 760, r, "#fff0c0", a)
    t.line(640, 366, 600, 250, "#0f1215", 4)
    t.line(640, 366, 690, 250, "#0f1215", 4)
    for off in (-4, 4):
        t.line(640 + off, 250, 640 + off * 60, -10, "#0f1215", 2.5)
    t.line(0, 150, w, 210, "#0f1215", 2)
    arr = t.array()
    glow = np.exp(-((x - 640) / 190) ** 2) * np.clip((y - 850) / 60, 0, 1) * np.clip(1.3 - (y - 850) / 420, 0, 1)
    shimmer = 0.5 + 0.5 * np.sin(y / 3 + 9 * noise(h, w, 242, 5, 12))
    arr = arr + (glow * shimmer * 0.5)[..., None] * np.array([1, 0.85, 0.5])
    t.put(arr)
    f = lambda dx, dy: (700 + dx, 1075 + dy)
    t.fill(spline([f(-120, 10), f(-60, -58), f(20, -62), f(96, -40), f(150, -66), f(112, 22), f(0, 52), f(-90, 44), f(-120, 10)], 14), "#f3f2ee")
    t.stroke(spline([f(-92, 8), f(-140, -66), f(-96, -128), f(-112, -178), f(-150, -176)], 16), "#f3f2ee", 24)
    t.fill([f(-150, -190), f(-206, -164), f(-152, -160)], "#d8702a")
    t.disc(*f(-150, -178), 4.5, "#15181b")
    t.stroke(spline([f(-40, -6), f(30, 16), f(100, -14)], 14), "#bdbcb6", 5)
    t.fill([f(-10, 48), f(4, 48), f(2, 90), f(-24, 96), f(-8, 84)], "#33312e")
    t.fill([f(34, 46), f(48, 46), f(50, 86), f(24, 94), f(38, 82)], "#33312e")
    rain = rng(243)
    for _ in range(900):
        px, py = rain.uniform(0, w), rain.uniform(0, h)
        t.line(px, py, px - 6, py + rain.uniform(16, 44), "#dfe7ee", 1.3, 0.16)
    deliver("tram-swan", grain(vignette(blur(t.array(), 0.5), 0.35), 24, 0.026))


def manuscript():
    """A page of the Kolvane town book with its tide mark."""
    h, w = 1280, 1280
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    paper = ramp(np.clip(0.5 + (noise(h, w, 251, 7, 3) - 0.5) * 0.9, 0, 1), [(0, "#cdb88c"), (0.5, "#e4d4ad"), (1, "#f1e6c8")])
    t = Table(w, h, BLACK)
    t.put(paper)
    source = rng(252)
    ink = "#3b2413"
    for line in range(25):
        base, px = 190 + line * 38, 210 if line not in (0, 1, 2) else 400
        while px < 1060:
            word = []
            for _ in range(int(source.integers(3, 9))):
                step = source.uniform(9, 17)
                up = source.choice([12, 14, 16, 30, -16], p=[0.34, 0.24, 0.2, 0.14, 0.08])
                word += [(px, base), (px + step * 0.4, base - up), (px + step * 0.8, base - source.uniform(0, 3))]
                px += step
            t.stroke(spline(word, 6), ink, 2.5, 0.86)
            px += source.uniform(14, 24)
            if line == 24 and px > 620:
                break
    for k in range(3):
        t.rect(216 + k * 6, 170 + k * 6, 160 - k * 12, 126 - k * 12, ("#7c2417", "#d9b25a", "#7c2417")[k])
    t.stroke(spline([(250, 280), (270, 200), (300, 184), (332, 200), (346, 282)], 14), "#f1e6c8", 13)
    t.line(264, 246, 338, 246, "#f1e6c8", 10)
    for k in range(8):
        t.stroke(spline([(150, 190 + k * 120), (176, 230 + k * 120), (140, 262 + k * 120), (172, 300 + k * 120)], 10), "#4e6a3a" if k % 2 else "#7c2417", 5, 0.8)
    arr = t.array()
    edge = 840 + 120 * (noise(h, w, 253, 6, 3) - 0.5) - 0.12 * x
    d = y - edge
    wet = np.clip(d / 30, 0, 1)
    arr = mix(arr, blur(arr, 5) * np.array([0.80, 0.76, 0.68]), wet * 0.62)
    arr = mix(arr, arr * np.array([0.55, 0.42, 0.28]), 0.75 * np.exp(-(d / 7) ** 2) + 0.3 * np.exp(-((d - 60) / 16) ** 2))
    fold = np.exp(-((x - 96) / 36) ** 2)
    arr *= (1 - 0.5 * fold)[..., None]
    t.put(arr)
    page = t.array()
    border = np.minimum.reduce([x - 42, w - 46 - x, y - 36, h - 40 - y]) + 14 * (noise(h, w, 254, 6, 14) - 0.5)
    page = mix(np.broadcast_to(np.array(rgb("#1c1815")) / 255, page.shape), page, np.clip(border / 2.5, 0, 1))
    deliver("town-book", grain(vignette(page, 0.3), 25, 0.022))


def rails():
    """Kolvane marshalling yard, blue hour."""
    h, w = 900, 1600
    arr = sky(h, w, [(0, "#1d2b47"), (0.35, "#46577a"), (0.5, "#a98f93"), (0.56, "#e0a27a"), (1, "#20242e")], 261, 0.14)
    t = Table(w, h, BLACK)
    t.put(arr)
    t.rect(0, 470, w, 430, "#1b1d23")
    arr = t.array()
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    gravel = noise(h, w, 262, 7, 40)
    arr = np.where((y > 470)[..., None], arr * (0.55 + 0.95 * gravel)[..., None] + 0.02, arr)
    t.put(arr)
    vx, vy = 980, 462
    for k in range(-7, 8):
        for rail in (-0.16, 0.16):
            fx = 700 + (k + rail) * 330
            t.line(vx + k * 6, vy, fx, 910, "#c9a58c" if abs(k) < 3 else "#77808f", 3.2, 0.9)
        for s in np.linspace(0.16, 1, 24) ** 2:
            cx, cy = vx + k * 6 + (700 + k * 330 - vx - k * 6) * s, vy + 448 * s
            t.line(cx - 84 * s, cy, cx + 84 * s, cy, "#0e0f12", 9 * s, 0.7)
    source = rng(263)
    for k, (bx, s) in enumerate(((60, 1.0), (210, 0.86), (345, 0.74), (465, 0.64), (572, 0.55), (668, 0.47))):
        t.fill([(bx, 600 - 190 * s + 30), (bx + 140 * s, 580 - 170 * s + 30), (bx + 140 * s, 580 + 6), (bx, 600 + 20)], str(source.choice(["#4d2f2a", "#2f3b46", "#59493a"])))
    for px, s in ((300, 1.5), (820, 0.72), (1290, 1.1), (1500, 1.7)):
        t.line(px, 500 + 90 * s, px, 500 - 240 * s, "#0c0d10", 8 * s)
        t.line(px, 500 - 220 * s, px + 90 * s, 500 - 220 * s, "#0c0d10", 5 * s)
        t.rect(px - 9 * s, 500 - 130 * s, 18 * s, 46 * s, "#0c0d10")
        lamp = (px, 500 - 118 * s)
        for r, a in ((26, 0.12), (14, 0.3), (6, 1)):
            t.disc(*lamp, r * s, "#ff4b33" if px != 820 else "#54e08a", a)
    for k in range(5):
        t.stroke(spline([(0, 60 + k * 34), (500, 150 + k * 38), (980, 330 + k * 18)], 20), "#0c0d10", 2, 0.8)
    t.rect(1085, 392, 56, 72, "#0c0d10")
    t.disc(1113, 424, 5, "#fff0bf")
    deliver("kolvane-yard", grain(vignette(blur(t.array(), 0.6), 0.35), 26, 0.03))


def chair():
    """An empty committee room: twelve chairs and one lamp, in two inks."""
    h, w = 1280, 1280
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    t = Table(w, h, BLACK)
    t.put(np.repeat((0.30 + 0.55 * np.exp(-(((x - 640) / 420) ** 2 + ((y - 560) / 330) ** 2)))[:, :, None], 3, 2))
    for k in range(9):
        t.rect(k * 150 - 20, 0, 6, 700, BLACK, 0.35)
    t.rect(0, 690, w, 10, BLACK, 0.5)
    t.fill([(190, 760), (1090, 760), (1260, 1010), (20, 1010)], "#3a3a3a")
    t.fill([(230, 770), (1050, 770), (1120, 870), (160, 870)], "#8a8a8a", 0.55)
    t.fill([(20, 1010), (1260, 1010), (1260, 1050), (20, 1050)], "#141414")
    for k in range(6):
        px = 250 + k * 156
        t.rect(px - 44, 560, 88, 150, "#1b1b1b")
        t.rect(px - 34, 574, 68, 100, "#4a4a4a")
        t.rect(px - 50, 700, 100, 44, "#101010")
    for k in range(5):
        px = 130 + k * 255
        t.fill([(px - 70, 1290), (px + 70, 1290), (px + 62, 1000), (px - 62, 1000)], "#070707")
        t.stroke([(px - 62, 1000), (px + 62, 1000)], "#5c5c5c", 6)
    t.line(640, 0, 640, 250, "#0a0a0a", 5)
    t.fill([(520, 340), (760, 340), (690, 250), (590, 250)], "#0a0a0a")
    t.fill([(530, 340), (750, 340), (720, 362), (560, 362)], "#ffffff")
    for k, px in enumerate((330, 520, 760, 930)):
        t.fill([(px, 800), (px + 90, 800), (px + 98, 846), (px - 8, 846)], "#e8e8e8")
        for q in range(3):
            t.line(px + 10, 812 + q * 10, px + 78, 812 + q * 10, "#777777", 2)
    tone = np.clip(tone_of(t) * (0.85 + 0.3 * noise(h, w, 271, 5, 4)), 0, 1)
    a = halftone(tone, "#7a1f1a", "#f5ead7", 9.0, 75, 1.1)
    b = halftone(np.clip(tone * 1.9, 0, 1), "#17202b", "#ffffff", 9.0, 15, 1.1)
    deliver("empty-room", a * b)


def draw():
    for scene in (skyline, lighthouse, cranes, mist, archive, ship, assembly, floodlights, dam, lake, bridge, marsa, tram, manuscript, rails, chair):
        scene()


if __name__ == "__main__":
    draw()
