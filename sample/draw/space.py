"""The observatory drawer: the Heron orbit, the asteroid Orsola, star trails and a seismogram of the lake ice."""

from desk import *

ORBIT = {
    "en": ("Heron’s long way round", "Path of the probe from launch to Orsola, seen from above the ecliptic", "Sun", "Earth at launch", "Mar 2022", "Earth flyby", "Nov 2023", "Orbit of Orsola", "Arrival", "Nov 2026", "Source: Tarsin Institute for Planetary Science. Graphic: Mara Ellin"),
    "ru": ("Долгий путь «Цапли»", "Траектория зонда от старта до Орсолы, вид с полюса эклиптики", "Солнце", "Земля при старте", "март 2022", "Пролёт Земли", "ноябрь 2023", "Орбита Орсолы", "Прибытие", "ноябрь 2026", "Источник: Тарсинский институт планетологии. Графика: Мара Эллин"),
}


def ellipse(cx, cy, a, e, turn, start=0.0, stop=2 * np.pi, n=200):
    """Points of an orbit with the Sun at (cx, cy)."""
    f = np.linspace(start, stop, n)
    r = a * (1 - e * e) / (1 + e * np.cos(f))
    return [(cx + q * np.cos(v + turn), cy - q * np.sin(v + turn)) for q, v in zip(r, f)]


def orbit(lang):
    title, deck, sun, earth, launch, flyby, flyby_at, orsola, arrival, arrival_at, source = ORBIT[lang]
    t = Table(1600, 1067, "#0d1726")
    stars = rng(301)
    for _ in range(420):
        t.disc(stars.uniform(0, 1600), stars.uniform(0, 1067), float(stars.uniform(0.5, 1.6)), "#ffffff", float(stars.uniform(0.15, 0.7)))
    cx, cy = 760, 590
    t.rect(60, 40, 88, 7, "#e8604a")
    t.text(60, 108, title, "serifb", 48, "#f2efe6", "ls")
    t.text(60, 152, deck, "sans", 26, "#a9b4c4", "ls")
    for r in (130, 230):
        t.ring(cx, cy, r, "#3b4d66", 1.5)
    t.ring(cx, cy, 230, "#6d88ab", 2.5)
    t.stroke(ellipse(cx, cy, 395, 0.34, 2.5), "#c9a45c", 3, dash=(10, 8), closed=True)
    path = ellipse(cx, cy, 262, 0.16, 0.4, -0.4 - 0.6, 2.0, 120)
    spiral = [(cx + (230 + 24 * k / 160 * np.sin(k / 24)) * np.cos(-0.9 + k * 0.0436), cy - (230 + 30 * np.sin(k / 46)) * np.sin(-0.9 + k * 0.0436)) for k in range(161)]
    t.stroke(spline(spiral[::8], 8), "#ffffff", 4)
    end = ellipse(cx, cy, 395, 0.34, 2.5)[142]
    last = spiral[-1]
    heading = np.array(last) - np.array(spiral[-8])
    heading = heading / np.hypot(*heading)
    ring = ellipse(cx, cy, 395, 0.34, 2.5)
    along = np.array(ring[145]) - np.array(ring[142])
    along = along / np.hypot(*along)
    p0, p1, p2, p3 = np.array(last), np.array(last) + heading * 130, np.array(end) - along * 190, np.array(end)
    bend = [tuple((1 - u) ** 3 * p0 + 3 * (1 - u) ** 2 * u * p1 + 3 * (1 - u) * u ** 2 * p2 + u ** 3 * p3) for u in np.linspace(0, 1, 60)]
    t.stroke(bend, "#ffffff", 4)
    for k in (15, 32, 46):
        a, b = np.array(bend[k]), np.array(bend[k + 1])
        d = (b - a) / np.hypot(*(b - a))
        side = np.array([-d[1], d[0]])
        t.fill([tuple(b + d * 15), tuple(b - d * 9 + side * 11), tuple(b - d * 9 - side * 11)], "#ffffff")
    for r, a in ((60, 0.10), (38, 0.22), (20, 1)):
        t.disc(cx, cy, r, "#ffd36b", a)
    t.text(cx, cy + 62, sun, "sansm", 26, "#ffd36b", "ms")
    for (x, y), fill, head, sub, dx, dy, anchor in ((spiral[0], "#6fb2e8", earth, launch, 26, 40, "ls"), (last, "#6fb2e8", flyby, flyby_at, 30, 6, "ls"), (end, "#e8604a", arrival, arrival_at, -28, 6, "rs")):
        t.disc(x, y, 16, "#0d1726")
        t.disc(x, y, 12, fill)
        t.text(x + dx, y + dy, head, "sansb", 29, "#f2efe6", anchor, "#0d1726", 5)
        t.text(x + dx, y + dy + 34, sub, "sans", 25, "#a9b4c4", anchor, "#0d1726", 5)
    far = ellipse(cx, cy, 395, 0.34, 2.5)[88]
    t.text(far[0] - 10, far[1] - 20, orsola, "sansi", 27, "#c9a45c", "ms" , "#0d1726", 5)
    t.text(60, 1040, source, "sans", 20, "#8592a6", "ls")
    deliver("heron-orbit" + ("" if lang == "en" else "-" + lang), t)


def asteroid():
    """Orsola from 41 km: a lumpy body under raking light, craters and boulders."""
    h, w = 1067, 1600
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    cx, cy, r = 830, 540, 400
    angle = np.arctan2((y - cy) * 1.22, x - cx)
    lump = 1 + 0.09 * np.cos(angle * 2 + 0.6) + 0.05 * np.cos(angle * 3 + 2) + 0.03 * np.cos(angle * 5 + 1) + 0.02 * np.sin(angle * 9)
    u, v = (x - cx) / (r * lump * 1.18), (y - cy) / (r * lump * 0.92)
    d2 = u * u + v * v
    z = np.sqrt(np.clip(1 - d2, 0, 1))
    surface = 0.16 * noise(h, w, 311, 8, 5) + 0.02 * noise(h, w, 312, 5, 60)
    source = rng(313)
    for k in range(130):
        a, q = source.uniform(0, 2 * np.pi), np.sqrt(source.uniform(0, 0.9))
        px, py = cx + q * r * 1.15 * np.cos(a), cy + q * r * 0.9 * np.sin(a)
        size = float(12 * source.pareto(1.7) + 6)
        size = min(size, 120) * np.sqrt(max(0.2, 1 - q * q))
        dist = np.hypot(x - px, (y - py) * 1.1) / size
        surface += size / 1500 * (-np.exp(-(dist / 0.72) ** 4) + 0.55 * np.exp(-((dist - 1) / 0.24) ** 2))
    for k in range(260):
        px, py, size = source.uniform(420, 1250), source.uniform(180, 900), source.uniform(1.5, 6)
        x0, x1, y0, y1 = int(px - 14), int(px + 14), int(py - 14), int(py + 14)
        surface[y0:y1, x0:x1] += 0.012 * np.exp(-((x[y0:y1, x0:x1] - px) ** 2 + (y[y0:y1, x0:x1] - py) ** 2) / size ** 2)
    gy, gx = np.gradient(blur(surface, 0.8) * 330)
    nx, ny, nz = u + gx * 0.9, v * 1.0 + gy * 0.9, z + 0.12
    length = np.sqrt(nx ** 2 + ny ** 2 + nz ** 2)
    light = np.array([-0.80, -0.34, 0.36])
    shade = np.clip((nx * light[0] + ny * light[1] + nz * light[2]) / length / np.linalg.norm(light), 0, 1)
    albedo = 0.55 + 0.35 * noise(h, w, 314, 6, 4)
    body = (shade ** 0.9 * albedo * 1.35)[..., None] * np.array([1.0, 0.96, 0.90])
    edge = np.clip((1 - d2) * r * 0.5, 0, 1)
    sky = np.zeros((h, w, 3)) + 0.012
    for _ in range(130):
        sx, sy, m = int(source.uniform(2, w - 2)), int(source.uniform(2, h - 2)), source.uniform(0.1, 0.7)
        sky[sy, sx] += m
    out = mix(blur(sky, 0.7), body, edge)
    deliver("orsola", grain(out, 31, 0.03))


def trails():
    """Star trails over the Lindal dome."""
    h, w = 1600, 1280
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    arr = ramp(np.clip(y / h + (noise(h, w, 321, 4, 2) - 0.5) * 0.1, 0, 1), [(0, "#0a1024"), (0.5, "#17264a"), (0.72, "#3d4a6b"), (0.8, "#7a6a70"), (1, "#2b2a33")])
    t = Table(w, h, BLACK)
    t.put(arr)
    source = rng(322)
    for _ in range(430):
        radius, start, sweep = 30 + 1500 * np.sqrt(source.random()), source.uniform(0, 2 * np.pi), source.uniform(0.32, 0.42)
        tint = str(source.choice(["#ffffff", "#dfe8ff", "#ffe9cf", "#cfe0ff", "#ffd9b8"]))
        t.stroke([(540 + radius * np.cos(a), 560 + radius * np.sin(a)) for a in np.linspace(start, start + sweep, 30)], tint, float(source.uniform(0.8, 2.6)), float(source.uniform(0.2, 0.85)))
    hill = [(px, 1290 + 60 * np.sin(px / 260.0) - 30 * np.cos(px / 90.0) * 0.3) for px in range(-20, 1320, 20)]
    t.fill(hill + [(1320, 1620), (-20, 1620)], "#0a0c12")
    for px in range(-10, 1290, 13):
        base, tall = 1300 + 60 * np.sin(px / 260.0), source.uniform(20, 86)
        if not 600 < px < 1120:
            t.fill([(px - 11, base + 20), (px + 11, base + 20), (px, base - tall)], "#0a0c12")
    cx, foot, r = 860, 1262, 190
    t.rect(cx - r, foot - 130, 2 * r, 190, "#c9cdd6")
    t.rect(cx - r, foot - 130, 2 * r, 190, "#1a2236", 0.55)
    dome = [(cx + r * 1.03 * np.cos(a), foot - 130 - r * 1.03 * np.sin(a)) for a in np.linspace(np.pi, 0, 60)]
    t.fill(dome, "#8d96aa")
    t.clip(dome)
    t.fill([(cx - 10, foot - 120), (cx + 230, foot - 120), (cx + 230, foot - 420), (cx + 20, foot - 420)], "#3a445e", 0.8)
    slit = [(cx - 46, foot - 126), (cx - 20, foot - 126), (cx + 8, foot - 420), (cx - 64, foot - 420)]
    t.fill(slit, "#141a29")
    t.fill([(cx - 42, foot - 126), (cx - 24, foot - 126), (cx - 14, foot - 330), (cx - 48, foot - 330)], "#e0603a", 0.85)
    for k in range(1, 6):
        t.stroke([(cx + r * 1.03 * np.cos(np.pi * k / 6) * 1.0, foot - 130), (cx + 4 * np.cos(np.pi * k / 6), foot - 130 - r * 1.03)], "#5d6780", 2, 0.6)
    t.unclip()
    t.rect(cx - r - 12, foot - 140, 2 * r + 24, 14, "#596279")
    t.rect(cx - 30, foot - 40, 60, 100, "#f2b25e")
    for rr, a in ((90, 0.10), (160, 0.06)):
        t.disc(cx, foot + 10, rr, "#f2b25e", a)
    t.fill([(cx - 30, foot + 60), (cx + 30, foot + 60), (cx + 120, 1600), (cx - 160, 1600)], "#f2b25e", 0.10)
    deliver("lindal-trails", grain(blur(t.array(), 0.5), 32, 0.02))


def ice_record():
    """One night of the lake ice talking: a drum record, no words."""
    t = Table(1600, 900, "#f3efe2")
    for gx in range(0, 1600, 40):
        t.line(gx, 0, gx, 900, "#d9b7a6", 1, 0.35 if gx % 200 else 0.8)
    for gy in range(0, 900, 40):
        t.line(0, gy, 1600, gy, "#d9b7a6", 1, 0.35)
    source = rng(331)
    for row in range(19):
        base = 50 + row * 45
        n = 1600
        trace = blur(source.standard_normal(n), 1.2) * 2.2
        for _ in range(int(source.poisson(2.2 + 3.5 * np.exp(-((row - 11) / 3) ** 2)))):
            at, size = int(source.uniform(20, n - 20)), float(9 + 26 * source.pareto(2.2))
            tail = np.arange(n - at)
            trace[at:] += min(size, 85) * np.exp(-tail / source.uniform(12, 46)) * np.sin(tail / source.uniform(1.3, 2.4)) 
        t.stroke([(px, base + v) for px, v in enumerate(trace)], "#1d2733", 1.7, 0.95)
    deliver("ice-record", grain(t.array(), 33, 0.014))


BLACK = "#000000"


def draw():
    orbit("en")
    orbit("ru")
    asteroid()
    trails()
    ice_record()


if __name__ == "__main__":
    draw()
