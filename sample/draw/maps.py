"""The map drawer: one invented geography, drawn as locator, flood, weather and route maps."""

from desk import *

W, H = 1600, 1067
COAST = [(350, -20), (392, 120), (330, 240), (372, 360), (452, 430), (430, 540), (500, 640), (470, 720),
         (388, 800), (470, 830), (640, 790), (820, 830), (1010, 800), (1200, 850), (1420, 830), (1640, 880)]
SOUTH = [(-40, 1040), (180, 1022), (420, 1005), (560, 960), (760, 965), (930, 1000), (1180, 985), (1400, 1020), (1640, 1030)]
IRNA = [(1430, 210), (1330, 270), (1230, 330), (1130, 372), (1020, 420), (930, 440), (820, 500), (720, 520), (620, 590), (500, 640)]
SARN = [(1150, 690), (1040, 640), (930, 600), (820, 500)]
BORDER = [(1290, -20), (1340, 90), (1430, 200), (1480, 380), (1440, 560), (1500, 700), (1470, 850)]
LAKES = [(700, 120, 78, 34, 3), (838, 96, 40, 22, 5), (600, 178, 34, 16, 7), (780, 196, 56, 20, 9), (930, 170, 30, 13, 11)]
PLACES = {"averil": (500, 640), "tarsin": (720, 520), "kolvane": (930, 440), "marren": (1180, 352), "lindal": (1040, 640),
          "tikhvara": (762, 150), "marsa": (760, 972), "tarrow": (388, 800), "skerrow": (250, 560)}
NAMES = {
    "en": dict(averil="Port Averil", tarsin="Tarsin", kolvane="Kolvane", marren="Marren dam", lindal="Lindal",
               tikhvara="Tikhvara", marsa="Marsa Nour", tarrow="Cape Tarrow", skerrow="Skerrow", sea="CORRIN SEA", gulf="Strait of Nour",
               range="SORREL RANGE", belmara="BELMARA", kadria="KADRIA", tilmas="TILMAS", irna="Irna", sarn="Sarn", km="50 km"),
    "ru": dict(averil="Порт-Аверил", tarsin="Тарсин", kolvane="Колвейн", marren="плотина Маррен", lindal="Линдал",
               tikhvara="Тихвара", marsa="Марса-Нур", tarrow="мыс Тарроу", skerrow="Скерроу", sea="КОРРИНСКОЕ МОРЕ", gulf="пролив Нур",
               range="СОРЕЛЬСКИЙ ХРЕБЕТ", belmara="БЕЛЬМАРА", kadria="КАДРИЯ", tilmas="ТИЛМАС", irna="Ирна", sarn="Сарн", km="50 км"),
    "ar": dict(averil="بورت أفيريل", tarsin="تارسين", kolvane="كولفاين", marren="سدّ مارين", lindal="ليندال",
               tikhvara="تيخفارا", marsa="مرسى نور", tarrow="رأس تارو", skerrow="سكيرو", sea="بحر كورين", gulf="مضيق نور",
               range="جبال سوريل", belmara="بلمارا", kadria="كادريا", tilmas="تلماس", irna="إيرنا", sarn="سارن", km="50 كم"),
}


def geography():
    coast = fractal_line(COAST, 11, 6, 0.13)
    south = fractal_line(SOUTH, 12, 6, 0.12)
    return dict(coast=coast, land=coast + [(1700, -60), (350, -60)], south=south, tilmas=south + [(1700, 1200), (-100, 1200)],
                irna=spline(fractal_line(IRNA, 5, 2, 0.12), 8), sarn=spline(fractal_line(SARN, 6, 2, 0.12), 8),
                skerrow=fractal_line([(228, 548), (262, 540), (276, 566), (254, 590), (226, 578), (228, 548)], 4, 4, 0.2))


def land_mask(shapes):
    t = Table(W, H, "#000000")
    for shape in shapes:
        t.fill(shape, "#ffffff")
    return t.array()[:, :, 0]


def ground(geo, land="#efeadd", sea="#cfdde3", low="#8a7f66", relief=0.66):
    """Paper, sea with waterlines, and shaded mountains in the north-east."""
    t = Table(W, H, sea)
    everything = [geo["land"], geo["tilmas"], geo["skerrow"]]
    for i, width in enumerate((70, 46, 26, 11)):
        for line in (geo["coast"], geo["south"], geo["skerrow"]):
            t.stroke(line, "#b4c9d3" if i % 2 else "#c2d3db", width, 0.9)
    for shape in everything:
        t.fill(shape, land)
    base, mask = t.array(), land_mask(everything)
    y, x = np.mgrid[0:H, 0:W]
    away = np.hypot((x - 1330) / 330, (y - 300) / 330)
    high = np.clip(1.15 - away, 0, 1) + 0.35 * np.clip(1 - np.hypot((x - 1050) / 260, (y - 720) / 120), 0, 1) \
        + 0.4 * np.clip(1 - np.hypot((x - 700) / 700, (y - 1110) / 110), 0, 1)
    shade = hillshade(ridged(H, W, 21, 7, 4) * high, 190)
    flat = hillshade(np.zeros((4, 4)))[0, 0]
    base = base * (1 + (np.clip(shade / flat, 0.35, 1.25) - 1)[..., None] * relief * mask[..., None] * np.clip(high * 2.2, 0, 1)[..., None])
    t.put(mix(base, base * np.array(rgb(low)) / 200, 0.12 * mask * np.clip(high, 0, 1)))
    return t


def waters(t, geo, ink="#5f8ea6"):
    for line, widest in ((geo["irna"], 7), (geo["sarn"], 4)):
        for i in range(len(line) - 1):
            t.line(*line[i], *line[i + 1], ink, 2 + widest * i / len(line))
    for cx, cy, rx, ry, seed in LAKES:
        ring = [(cx + rx * np.cos(a), cy + ry * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)]
        lake = fractal_line(ring, seed, 4, 0.2)
        t.fill(lake, "#b9d0db")
        t.stroke(lake, ink, 1.6)
    t.stroke(geo["coast"], "#6b7f88", 2)
    t.stroke(geo["south"], "#6b7f88", 2)
    t.stroke(geo["skerrow"], "#6b7f88", 2, closed=True)


def town(t, name, words, dx=14, dy=8, size=27, anchor="ls", bold=False, mark="dot"):
    x, y = PLACES[name]
    if mark == "dot":
        t.disc(x, y, 8, "#ffffff")
        t.disc(x, y, 5.5, "#1a1a1a")
    elif mark == "square":
        t.rect(x - 8, y - 8, 16, 16, "#1a1a1a")
        t.rect(x - 4, y - 4, 8, 8, "#ffffff")
    elif mark == "dam":
        t.line(x - 9, y - 22, x + 7, y + 20, "#1a1a1a", 7)
    t.text(x + dx, y + dy, words, "sansb" if bold else "sansm", size, "#1a1a1a", anchor, "#f4f1e8")


def scale(t, x, y, words):
    t.line(x, y, x + 150, y, "#333333", 3)
    for at in (x, x + 75, x + 150):
        t.line(at, y - 7, at, y, "#333333", 3)
    t.text(x + 150, y - 14, words, "sans", 20, "#333333", "rs")


def plate(t, lang, title, deck, source):
    """Title block on the reading side, source line at the foot."""
    right = lang == "ar"
    x, anchor = (W - 40, "rs") if right else (40, "ls")
    if right:
        t.rect(W - 520, 0, 520, 196, "#f3efe4", 0.93)
    t.rect(x - (0 if not right else 88), 34, 88, 7, "#b3121b")
    t.text(x, 96, title, "serifb", 46, "#141414", anchor, "#cfdde3" if not right else "#efeadd", 6)
    for i, line in enumerate(deck):
        t.text(x, 136 + 32 * i, line, "sans", 25, "#333333", anchor, "#cfdde3" if not right else "#efeadd", 5)
    t.text(x, H - 22, source, "sans", 19, "#555555", anchor, "#efeadd", 4)


FLOOD = {
    "en": ("Where the Irna is over", ["Areas under water on the lower", "river, by radar, and gauges", "above the danger mark"],
           "Flooded area", "Evacuation zone", "Source: River Authority of Belmara; Corrin Remote Sensing Centre. Graphic: Mara Ellin"),
    "ru": ("Где разлилась Ирна", ["Затопленные районы в нижнем", "течении по данным радарной", "съёмки"],
           "Затоплено", "Зона эвакуации", "Источник: Речное управление Бельмары; Коррин. центр съёмки. Графика: Мара Эллин"),
    "ar": ("أين فاض نهر إيرنا", ["المناطق المغمورة في المجرى", "الأدنى وفق صور الرادار"],
           "مناطق مغمورة", "منطقة إخلاء", "المصدر: هيئة الأنهار في بلمارا؛ مركز كورين للاستشعار عن بُعد. رسم: مارا إيلين"),
}


def flood_map(lang):
    geo, n = geography(), NAMES[lang]
    t = ground(geo)
    low = [p for p in geo["irna"] if p[0] < 985]
    source, upper, lower = rng(31), [], []
    for i, (x, y) in enumerate(low):
        swell = 16 + 26 * abs(np.sin(i / 9.0)) * (i / len(low)) ** 0.6 + source.normal(0, 3)
        upper.append((x + swell * 0.2, y - swell))
        lower.append((x - swell * 0.2, y + swell * 0.9))
    wet = fractal_line(upper[::4] + lower[::-4], 8, 3, 0.16)
    t.clip(geo["land"])
    t.fill(wet, "#4f93b8", 0.42)
    t.hatch(wet, "#1f6a95", 8, 2.2, 0.85)
    t.unclip()
    zone = [(880, 400), (935, 385), (1000, 404), (1004, 452), (960, 486), (890, 482)]
    t.stroke(spline(zone + zone[:1], 10), "#b3121b", 4, dash=(12, 8))
    waters(t, geo, "#2d6f96")
    t.stroke(fractal_line(BORDER, 9, 4, 0.08), "#7a7468", 3, 0.9, (14, 7, 3, 7))
    town(t, "averil", n["averil"], 14, 36)
    town(t, "tarsin", n["tarsin"], 0, 62, 31, "ms", True, "square")
    town(t, "kolvane", n["kolvane"], 8, -66, 31, "ms", True)
    town(t, "marren", n["marren"], 14, -30, 25, "ls", mark="dam")
    town(t, "lindal", n["lindal"])
    town(t, "tikhvara", n["tikhvara"], 14, -28)
    town(t, "marsa", n["marsa"], 16, 44)
    t.text(200, 700, n["sea"], "serifi", 30, "#56788a", "ms", tracking=0 if lang == "ar" else 4)
    t.text(1180, 930, n["gulf"], "serifi", 26, "#56788a", "ms")
    t.text(1310, 172, n["range"], "serifi", 24, "#5b5140", "ms", "#e6e0d0", tracking=0 if lang == "ar" else 3)
    t.text(600, 330, n["belmara"], "sans", 27, "#8b8472", "ms", tracking=0 if lang == "ar" else 10)
    t.text(1540, 660, n["kadria"], "sans", 22, "#8b8472", "ms", tracking=0 if lang == "ar" else 4)
    t.text(640, 585, n["irna"], "serifi", 25, "#1f5f85", "rs", "#efeadd")
    t.text(985, 600, n["sarn"], "serifi", 22, "#1f5f85", "ls", "#efeadd")
    title, deck, wet_label, zone_label, source_line = FLOOD[lang]
    plate(t, lang, title, deck, source_line)
    lx = 40 if lang != "ar" else 300
    side = "ls" if lang != "ar" else "rs"
    box = lx if lang != "ar" else 256
    ly = 900 if lang == "ar" else 870
    square = [(box, ly), (box + 44, ly), (box + 44, ly + 28), (box, ly + 28)]
    t.fill(square, "#4f93b8", 0.42)
    t.hatch(square, "#1f6a95", 8, 2.2, 0.85)
    t.stroke([(box, ly + 56), (box + 44, ly + 56)], "#b3121b", 4, dash=(12, 8))
    tx = box + 58 if lang != "ar" else box - 14
    t.text(tx, ly + 23, wet_label, "sans", 23, "#222222", side)
    t.text(tx, ly + 64, zone_label, "sans", 23, "#222222", side)
    scale(t, 1400 if lang != "ar" else 60, 985 if lang != "ar" else 860, n["km"])
    deliver("irna-map" + ("" if lang == "en" else "-" + lang), grain(t.array(), 1, 0.012))


def front(t, points, kind, ink, step=58):
    """A weather front: cold triangles, warm half-discs, both alternating when occluded."""
    line = spline(points, 40)
    t.stroke(line, ink, 6)
    gone, mark = 0.0, 0
    for a, b in zip(line, line[1:]):
        gone += np.hypot(b[0] - a[0], b[1] - a[1])
        if gone >= step:
            gone, mark = 0.0, mark + 1
            along = np.array([b[0] - a[0], b[1] - a[1]]) / np.hypot(b[0] - a[0], b[1] - a[1])
            out = np.array([along[1], -along[0]])
            here = np.array(b)
            if kind == "cold" or (kind == "occluded" and mark % 2):
                t.fill([tuple(here - along * 15), tuple(here + along * 15), tuple(here + out * 25)], ink)
            else:
                t.fill([tuple(here + 16 * (np.cos(a) * along + np.sin(a) * out)) for a in np.linspace(0, np.pi, 18)], ink)


def weather_map():
    """Isobars by contouring a made-up pressure field; figures only, so that any edition can use it."""
    geo = geography()
    t = Table(W, H, "#1d3444")
    for shape in (geo["land"], geo["tilmas"], geo["skerrow"]):
        t.fill(shape, "#2c4a4d")
    y, x = np.mgrid[0:H, 0:W].astype(float)
    field = 1016 - 46 * np.exp(-(((x - 560) / 330) ** 2 + ((y - 330) / 270) ** 2)) + 20 * np.exp(-(((x - 1500) / 420) ** 2 + ((y - 960) / 330) ** 2)) \
        - 9 * np.exp(-(((x - 60) / 260) ** 2 + ((y - 760) / 240) ** 2)) + (noise(H, W, 3, 3, 3) - 0.5) * 5
    band = noise(H, W, 77, 6, 5)
    spiral = np.arctan2(y - 330, x - 560) + np.log(np.hypot(x - 560, y - 330) + 40) * 1.9
    cloud = np.clip((np.cos(spiral) * 0.5 + 0.5) ** 1.5 * np.clip(1.35 - np.hypot((x - 560) / 760, (y - 330) / 600), 0, 1) * (0.35 + 1.1 * band) - 0.16, 0, 1)
    base = t.array()
    base = mix(base, np.broadcast_to(np.array(rgb("#dfe9ee")) / 255, base.shape), np.clip(cloud * 1.25, 0, 0.82))
    t.put(base)
    for shape in (geo["coast"], geo["south"]):
        t.stroke(shape, "#a9c2bd", 2, 0.8)
    t.stroke(geo["skerrow"], "#a9c2bd", 2, 0.8, closed=True)
    arr = t.array()
    for level in range(968, 1040, 4):
        gy, gx = np.gradient(field)
        near = np.clip(1.3 - np.abs(field - level) / np.maximum(np.hypot(gx, gy), 1e-4), 0, 1)
        arr = mix(arr, np.broadcast_to(np.array(rgb("#f3d27a")) / 255, arr.shape), near * 0.8)
    t.put(arr)
    front(t, [(575, 345), (700, 420), (800, 560), (850, 720), (830, 900)], "cold", "#5aa7e8")
    front(t, [(575, 345), (760, 330), (960, 390), (1150, 500)], "warm", "#e8604a")
    front(t, [(330, 200), (430, 195), (520, 250), (575, 345)], "occluded", "#b07be0")
    for px, py, label in ((560, 318, "968"), (1420, 900, "1035"), (70, 770, "1006")):
        t.text(px, py, label, "sansb", 40, "#ffffff", "mm", "#1d3444", 6)
        t.line(px - 14, py + 34, px + 14, py + 34, "#ffffff", 4)
    for lx, ly, label in ((250, 60, "1004"), (1010, 150, "1008"), (1240, 330, "1016"), (905, 800, "1012"), (420, 640, "996")):
        t.text(lx, ly, label, "sans", 22, "#f3d27a", "mm", "#1d3444", 5)
    deliver("storm-chart", vignette(grain(t.array(), 2, 0.02), 0.2))


ROUTE = {
    "en": ("The last night of the Senna Aurora", "Position reports from the ship’s transponder", "Left anchorage", "Engine alarm", "Drifting, 3.1 knots", "Aground", "Tugs reach the ship",
           "Source: Corrin Vessel Traffic Service; Averil Lines. Graphic: Mara Ellin", "Depth under 20 m"),
    "ar": ("الليلة الأخيرة لسفينة «سينا أورورا»", "مواقع السفينة كما بثّها جهاز التعريف", "مغادرة المرسى", "إنذار في المحرّك", "انجراف بسرعة 3.1 عقدة", "الجنوح", "وصول القاطرات",
           "المصدر: خدمة مراقبة الملاحة في كورين؛ شركة خطوط أفيريل. رسم: مارا إيلين", "عمق أقل من 20 مترًا"),
}


def route_map(lang):
    n, r = NAMES[lang], ROUTE[lang]
    t = Table(W, 900, "#dfe8ea")
    coast = fractal_line([(1640, 120), (1420, 170), (1250, 130), (1110, 230), (1030, 330), (930, 430), (880, 520), (960, 560), (1090, 540), (1250, 600), (1420, 570), (1640, 640)], 41, 6, 0.14)
    for width, tone in ((330, "#d3e0e4"), (210, "#c6d7dd"), (120, "#b8cdd5"), (60, "#a9c2cc")):
        t.stroke(coast, tone, width)
    shoals = fractal_line([(800, 470), (860, 450), (890, 500), (900, 570), (840, 610), (790, 560), (800, 470)], 5, 4, 0.2)
    t.fill(shoals, "#94b3bf")
    t.hatch(shoals, "#56788a", 11, 1.6, 0.7, -1)
    t.fill(coast, "#e9e3d2")
    t.stroke(coast, "#5d6a6e", 2.4)
    for i in range(0, 1600, 200):
        t.line(i, 0, i, 900, "#8aa3ad", 1, 0.35)
    for i in range(50, 900, 170):
        t.line(0, i, 1600, i, "#8aa3ad", 1, 0.35)
    track = spline([(1020, 90), (880, 140), (720, 190), (560, 260), (470, 350), (500, 430), (590, 480), (700, 500), (828, 520)], 26)
    t.stroke(track[:105], "#0b4a6f", 6)
    t.stroke(track[104:], "#b3121b", 6, dash=(3, 13))
    marks = [(0, r[2], -10, -34, "rs" if lang != "ar" else "rs"), (104, r[3], -24, 8, "rs"), (156, r[4], 10, 54, "ms"), (len(track) - 1, r[5], -4, 76, "ms")]
    for i, words, dx, dy, anchor in marks:
        x, y = track[i]
        t.disc(x, y, 12, "#ffffff")
        t.disc(x, y, 8, "#b3121b" if i > 104 else "#0b4a6f")
        t.text(x + dx, y + dy, words, "sansb" if i == len(track) - 1 else "sansm", 27, "#141414", anchor, "#dfe8ea", 5)
    for clock, i, dx, dy in (("21:40", 0, -10, -4), ("23:05", 104, -24, 40), ("01:20", 156, 10, 84), ("03:52", len(track) - 1, -4, 108)):
        t.text(track[i][0] + dx, track[i][1] + dy, clock, "sans", 23, "#444444", "rs" if i <= 104 else "ms", "#dfe8ea", 5)
    t.stroke(spline([(1180, 840), (1020, 800), (930, 720), (872, 580)], 20), "#1b6b3a", 4, dash=(14, 9))
    t.text(1196, 848, r[6] + "  06:15", "sansm", 25, "#1b6b3a", "ls", "#dfe8ea", 5)
    x, y = 905, 515
    for a in np.radians((-150, -90, -30, 30, 90, 150)):
        t.line(x + 12 * np.cos(a), y + 12 * np.sin(a), x + 24 * np.cos(a), y + 24 * np.sin(a), "#8a5a00", 3)
    t.disc(x, y, 8, "#8a5a00")
    t.text(x + 34, y + 8, n["tarrow"], "sansb", 28, "#141414", "ls", "#e9e3d2", 5)
    t.text(1280, 380, n["belmara"], "sans", 28, "#8b8472", "ms", tracking=0 if lang == "ar" else 10)
    t.text(260, 560, n["sea"], "serifi", 34, "#56788a", "ms", tracking=0 if lang == "ar" else 4)
    ax, side = (40, "ls") if lang != "ar" else (800, "rs")
    t.rect(ax - (88 if side == "rs" else 0), 30, 88, 7, "#b3121b")
    ty = 92
    t.text(ax, ty, r[0], "serifb", 42, "#141414", side, "#dfe8ea", 6)
    t.text(ax, ty + 40, r[1], "sans", 25, "#333333", side, "#dfe8ea", 5)
    t.fill([(50, 790), (94, 790), (94, 818), (50, 818)], "#94b3bf")
    t.hatch([(50, 790), (94, 790), (94, 818), (50, 818)], "#56788a", 11, 1.6, 0.7, -1)
    t.text(110, 813, r[8], "sans", 22, "#333333", "ls")
    t.text(40 if lang != "ar" else W - 40, 880, r[7], "sans", 19, "#555555", side)
    deliver("tarrow-route" + ("" if lang == "en" else "-" + lang), grain(t.array(), 3, 0.012))


def sorrel_relief():
    """A satellite-like view of the range: snow on the crests, forest in the valleys, long morning shadow."""
    h, w = 1067, 1600
    height = 0.75 * ridged(h, w, 52, 8, 3) + 0.35 * noise(h, w, 53, 6, 2)
    y, x = np.mgrid[0:1:h * 1j, 0:1:w * 1j]
    height = height * (0.55 + 0.6 * np.clip(1 - np.abs(y - 0.55 + 0.3 * (x - 0.5)) * 1.6, 0, 1))
    height = (height - height.min()) / np.ptp(height)
    shade = hillshade(blur(height, 1.2), 240, 320, 34)
    land = ramp(np.clip(height + (noise(h, w, 54, 6, 12) - 0.5) * 0.12, 0, 1),
                [(0, "#2f3d2c"), (0.25, "#45503a"), (0.42, "#6f6a4f"), (0.56, "#8d7f69"), (0.68, "#b9b2a8"), (0.78, "#eef1f4"), (1, "#ffffff")])
    lit = land * (0.24 + 1.05 * shade)[..., None]
    shadow = np.array([0.10, 0.14, 0.24])
    lit = lit + shadow * (1 - shade)[..., None] * 0.35
    cloud = np.clip(noise(h, w, 56, 6, 3) * 1.9 - 1.15, 0, 1) * np.clip(1.3 - 2.2 * x, 0, 1)
    deliver("sorrel-relief", grain(vignette(mix(lit, np.ones_like(lit) * 0.97, blur(cloud, 2) * 0.9), 0.2), 5, 0.018))


def delta_image():
    """False-colour radar composite of the Irna delta: open water dark, drowned fields cyan, towns bright."""
    h, w = 900, 1600
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    land = ramp(noise(h, w, 61, 7, 8), [(0, "#6d4a32"), (0.5, "#a4764b"), (1, "#d3b07c")])
    field = np.kron(rng(62).random((h // 11 + 1, w // 19 + 1)), np.ones((11, 19)))[:h, :w]
    swing = 5.2 * noise(h, w, 64, 3, 2)
    warp_y, warp_x = y * np.cos(swing * 0.22) - x * 0.45 + 60 * swing, x + y * 0.4 + 40 * swing
    field = blur(ndimage.map_coordinates(field, [warp_y % h, warp_x % w], order=0, mode="wrap"), 0.7)
    land *= (0.86 + 0.22 * field)[..., None]
    t = Table(w, h, "#000000")
    branches = [[(1620, 330), (1400, 360), (1180, 430), (980, 420), (800, 470)], [(800, 470), (620, 400), (430, 330), (180, 300)],
                [(800, 470), (620, 520), (450, 560), (200, 610)], [(980, 420), (820, 600), (640, 720), (380, 800)], [(620, 400), (480, 230), (300, 120), (120, 90)],
                [(620, 520), (520, 650), (330, 700), (180, 720)]]
    lines = [spline(fractal_line(b, 70 + i, 4, 0.2), 6) for i, b in enumerate(branches)]
    for i, line in enumerate(lines):
        t.stroke(line, "#ffffff", 26 if i == 0 else 15)
    river = t.array()[:, :, 0]
    near = blur(river, 46)
    flood = np.clip((near * 2.6 + (noise(h, w, 66, 7, 6) - 0.52) * 1.0) * 6 - 2.2, 0, 1) * (0.5 + 0.5 * (field > 0.28))
    shore = 330 + 130 * (noise(h, w, 67, 7, 3) - 0.5) + 90 * np.sin(y / 170)
    sea = np.clip((shore - x) / 5 + 0.5, 0, 1)
    plume = np.exp(-np.clip(shore - x, 0, None) / 150) * blur(noise(h, w, 68, 5, 5), 2)
    water = mix(np.broadcast_to(np.array(rgb("#0d1f33")) / 255, land.shape), np.broadcast_to(np.array(rgb("#7d7f6a")) / 255, land.shape), np.clip(plume * 1.5, 0, 0.8))
    out = mix(land, np.broadcast_to(np.array(rgb("#3fa9b5")) / 255, land.shape) * (0.72 + 0.4 * noise(h, w, 69, 6, 20))[..., None], flood * 0.85)
    out = mix(out, np.broadcast_to(np.array(rgb("#12304a")) / 255, land.shape), blur(river, 1.2))
    out = mix(out, water, sea)
    for cx, cy, r in ((1090, 330, 70), (700, 330, 30), (520, 480, 24), (1330, 470, 34)):
        streets = (rng(int(cx)).random((h, w)) > 0.62) * np.clip(1.2 - np.hypot(x - cx, (y - cy) * 1.3) / r, 0, 1)
        out = mix(out, np.ones_like(out) * np.array([0.96, 0.93, 0.9]), np.clip(blur(streets.astype(np.float32), 0.8) * 1.3, 0, 0.9) * (1 - river))
    deliver("delta-radar", grain(vignette(blur(out, 0.6), 0.15), 6, 0.02))


def draw():
    for lang in ("en", "ru", "ar"):
        flood_map(lang)
    weather_map()
    route_map("en")
    route_map("ar")
    sorrel_relief()
    delta_image()


if __name__ == "__main__":
    draw()
