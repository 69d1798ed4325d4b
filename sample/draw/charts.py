"""The chart drawer: river gauge, seats in the Assembly, interest rates, bread prices, freight, a shot map."""

from desk import *

INK, GREY, RULE = "#141414", "#5a5a5a", "#dcdad5"


def heading(t, lang, title, deck, source, margin=60):
    right = lang == "ar"
    x, anchor = (t.w - margin, "rs") if right else (margin, "ls")
    t.rect(x - (88 if right else 0), 40, 88, 7, "#b3121b")
    t.text(x, 108, title, "serifb", 48, INK, anchor)
    t.text(x, 152, deck, "sans", 27, GREY, anchor)
    t.text(x, t.h - 28, source, "sans", 20, "#6d6d6d", anchor)


GAUGE = {
    "en": ("Kolvane: the river since Friday", "Level at the Old Bridge gauge, metres above datum", "Danger mark 6.20", "Record, 1987: 7.94", "Forecast",
           "Spillways open", "Source: River Authority of Belmara. Graphic: Mara Ellin"),
    "ru": ("Колвейн: уровень реки за пять суток", "Водомерный пост «Старый мост», метры над нулём поста", "Опасная отметка 6,20", "Рекорд 1987 года: 7,94", "Прогноз",
           "Открыты водосбросы", "Источник: Речное управление Бельмары. Графика: Мара Эллин"),
    "ar": ("كولفاين: منسوب النهر في خمسة أيام", "المنسوب عند مقياس الجسر القديم، بالأمتار", "حدّ الخطر 6.20", "الرقم القياسي 1987: 7.94", "التوقّعات",
           "فتح المفيض", "المصدر: هيئة الأنهار في بلمارا. رسم: مارا إيلين"),
}


def gauge(lang):
    title, deck, danger, record, forecast, spill, source = GAUGE[lang]
    if lang == "en":
        title = "Kolvane: five days of rising water"
    t = Table(1600, 900, "#fbfaf7")
    heading(t, lang, title, deck, source)
    left, right, top, bottom = 120, 1500, 215, 800

    def at(hours, metres):
        return left + (right - left) * hours / 144, bottom - (bottom - top) * (metres - 2) / 6.6
    for metres in range(2, 9):
        x, y = at(0, metres)
        t.line(left, y, right, y, RULE if metres > 2 else INK, 1.5)
        t.text(left - 16, y + 9, str(metres), "sans", 25, GREY, "rs")
    for day in range(0, 7):
        x, _ = at(day * 24, 2)
        t.line(x, bottom, x, bottom + 10, INK, 1.5)
    for day in range(6):
        label = {"en": "day {}", "ru": "{}-е сутки", "ar": "اليوم {}"}[lang].format(day + 1)
        t.text(at(day * 24 + 12, 2)[0], bottom + 38, label, "sans", 24, GREY, "ms")
    hours = np.arange(0, 108, 0.75)
    level = 2.7 + 0.25 * np.sin(hours / 9) + 1.5 / (1 + np.exp(-(hours - 34) / 6)) + 1.55 / (1 + np.exp(-(hours - 63) / 5)) + 1.9 / (1 + np.exp(-(hours - 92) / 7))
    level += blur(rng(4).standard_normal(len(hours)), 1.5) * 0.05
    curve = [at(h, m) for h, m in zip(hours, level)]
    ahead = np.arange(107.25, 144, 0.75)
    middle = level[-1] + 0.42 * np.sin(np.clip((ahead - 107) / 15, 0, np.pi / 2)) - 0.9 * np.clip((ahead - 126) / 18, 0, 1) ** 1.4
    spread = 0.02 + 0.62 * ((ahead - 107.25) / 37) ** 0.8
    t.fill([at(h, m + s) for h, m, s in zip(ahead, middle, spread)] + [at(h, m - s) for h, m, s in zip(ahead[::-1], middle[::-1], spread[::-1])], "#0b4a6f", 0.16)
    t.stroke([at(h, m) for h, m in zip(ahead, middle)], "#0b4a6f", 4, dash=(3, 11))
    for metres, words, ink in ((6.2, danger, "#8a5a00"), (7.94, record, "#b3121b")):
        y = at(0, metres)[1]
        t.line(left, y, right, y, ink, 2.5, dash=(10, 8))
        t.text(left + 8, y - 12, words, "sansm", 26, ink, "ls", "#fbfaf7")
    t.fill(curve + [at(hours[-1], 2), at(0, 2)], "#0b4a6f", 0.07)
    t.stroke(curve, "#0b4a6f", 6)
    x, y = at(84, np.interp(84, hours, level))
    t.line(x, y + 14, x, y + 120, INK, 1.8)
    t.disc(x, y, 9, "#fbfaf7")
    t.ring(x, y, 9, INK, 3)
    t.text(x + 12, y + 124, spill, "sansm", 26, INK, "ls", "#fbfaf7")
    x, y = curve[-1]
    t.disc(x, y, 11, "#b3121b")
    last = f"{level[-1]:.2f}"
    t.text(x - 18, y - 22, last.replace(".", ",") if lang == "ru" else last, "sansb", 38, "#b3121b", "rs", "#fbfaf7", 6)
    t.text(at(130, 0)[0], at(0, 5.55)[1], forecast, "sansi", 26, "#0b4a6f", "ms")
    deliver("irna-gauge" + ("" if lang == "en" else "-" + lang), t)


PARTIES = [("#1f4e79", 61), ("#c9a227", 22), ("#7a8b99", 9), ("#5a8f3d", 17), ("#b3472d", 58), ("#5b3a6e", 13)]
SEATS = {
    "en": ("A hung Assembly", "180 seats; 91 needed for a majority", ["Civic Union", "Coast & Country", "Independents", "Greens", "Progress Bloc", "Northern List"], "majority", "Source: Electoral Commission of Belmara, all districts counted. Graphic: Mara Ellin"),
    "ru": ("Ассамблея без большинства", "180 мест; для большинства нужно 91", ["Гражданский союз", "Берег и село", "Независимые", "Зелёные", "Блок прогресса", "Северный список"], "большинство", "Источник: Избирательная комиссия Бельмары, подсчитаны все округа. Графика: Мара Эллин"),
    "ar": ("جمعية وطنية بلا أغلبية", "180 مقعدًا؛ الأغلبية 91", ["الاتحاد المدني", "الساحل والريف", "مستقلون", "الخضر", "كتلة التقدّم", "القائمة الشمالية"], "الأغلبية", "المصدر: مفوضية الانتخابات في بلمارا، بعد فرز كل الدوائر. رسم: مارا إيلين"),
}


def seats(lang):
    title, deck, names, majority, source = SEATS[lang]
    t = Table(1600, 1067, "#f6f5f2")
    heading(t, lang, title, deck, source)
    cx, cy, rows = 800, 845, 7
    radii = np.linspace(270, 585, rows)
    counts = np.round(180 * radii / radii.sum()).astype(int)
    counts[-1] += 180 - counts.sum()
    spots = sorted(((a, r) for r, n in zip(radii, counts) for a in np.linspace(np.pi, 0, n)), key=lambda s: -s[0])
    owners = [i for i, (_, n) in enumerate(PARTIES) for _ in range(n)]
    for (a, r), owner in zip(spots, owners):
        t.disc(cx + r * np.cos(a), cy - r * np.sin(a), 19, PARTIES[owner][0])
    t.line(cx, cy - 615, cx, cy - 240, INK, 2, dash=(4, 8))
    t.text(cx, cy - 628, majority + " 91", "sansm", 25, INK, "ms", "#f6f5f2")
    t.text(cx, cy - 85, "180", "serifb", 110, INK, "ms")
    order = range(6) if lang != "ar" else range(5, -1, -1)
    x, row = 0, []
    for slot, i in enumerate(order):
        bx = 60 + slot * 252
        t.rect(bx, 912, 228, 8, PARTIES[i][0])
        t.text(bx + (0 if lang != "ar" else 228), 966, str(PARTIES[i][1]), "serifb", 44, INK, "ls" if lang != "ar" else "rs")
        t.text(bx + (0 if lang != "ar" else 228), 998, names[i], "sans", 24, GREY, "ls" if lang != "ar" else "rs")
    deliver("assembly-seats" + ("" if lang == "en" else "-" + lang), t)


RATES = {
    "en": ("The long way back", "National Bank of Belmara policy rate and annual inflation, per cent", "Policy rate", "Inflation", "Target 2.5", "Source: National Bank of Belmara; Office for National Figures. Graphic: Mara Ellin"),
    "ru": ("Долгая дорога вниз", "Ставка Национального банка Бельмары и годовая инфляция, %", "Ставка", "Инфляция", "Цель 2,5", "Источник: Национальный банк Бельмары; Статистическое бюро. Графика: Мара Эллин"),
}


def rates(lang):
    title, deck, rate_name, inflation_name, target, source = RATES[lang]
    t = Table(1600, 900, "#fdf6ec")
    heading(t, lang, title, deck, source)
    left, right, top, bottom = 110, 1380, 220, 800

    def at(month, value):
        return left + (right - left) * month / 59, bottom - (bottom - top) * value / 12
    for value in range(0, 13, 2):
        y = at(0, value)[1]
        t.line(left, y, right, y, INK if value == 0 else "#e2d8c6", 1.5)
        t.text(left - 14, y + 9, str(value), "sans", 25, GREY, "rs")
    for year in range(5):
        t.text(at(year * 12 + 6, 0)[0], bottom + 40, str(2022 + year), "sans", 25, GREY, "ms")
        t.line(at(year * 12, 0)[0], bottom, at(year * 12, 0)[0], bottom + 10, INK, 1.5)
    months = np.arange(0, 59)
    inflation = 3 + 7.6 * np.exp(-((months - 17) / 9.5) ** 2) + 0.35 * np.sin(months / 3) + blur(rng(8).standard_normal(59), 0.8) * 0.25
    inflation[30:] = np.maximum(inflation[30:], 2.6)
    steps = {0: .75, 4: 1.25, 7: 2, 10: 3, 13: 4.25, 16: 5.5, 19: 6.5, 22: 7.25, 34: 6.75, 38: 6.25, 42: 5.5, 46: 5, 50: 4.5, 54: 4.25, 58: 4}
    rate, value = [], 0.75
    for m in range(59):
        value = steps.get(m, value)
        rate.append(value)
    t.line(left, at(0, 2.5)[1], right, at(0, 2.5)[1], "#8a5a00", 2, dash=(8, 8))
    for m in months:
        x, y = at(m, inflation[m])
        t.rect(x - 7, y, 14, bottom - y, "#d9a18c")
    stair = [p for m in months for p in (at(m, rate[m]), at(m + 1, rate[m]))]
    t.stroke(stair, "#fdf6ec", 11)
    t.stroke(stair, "#0b4a6f", 6)
    t.text(right + 22, at(0, 4.15)[1], rate_name, "sansb", 28, "#0b4a6f", "ls")
    t.text(right + 22, at(0, 4.15)[1] + 34, "4.00" if lang == "en" else "4,00", "sansb", 28, "#0b4a6f", "ls")
    t.text(at(17, 0)[0], at(0, 11.1)[1], inflation_name, "sansb", 28, "#a5502f", "ms", "#fdf6ec")
    t.text(right + 22, at(0, 2.5)[1] + 22, target, "sansm", 25, "#8a5a00", "ls")
    deliver("rate-path" + ("" if lang == "en" else "-" + lang), t)


def bread():
    """Arabic: the price of a loaf in four cities of Tilmas, as bars from the right."""
    t = Table(1600, 900, "#f4efe2")
    heading(t, "ar", "كم دقيقة عمل يساوي رغيف الخبز؟", "متوسط زمن العمل اللازم لشراء كيلوغرام من الخبز، بالدقائق", "المصدر: مكتب الإحصاء في تلماس، مسح الأسر 2026. رسم: مارا إيلين")
    rows = [("مرسى نور", 11, 14), ("وادي سمر", 13, 19), ("عين الرمل", 16, 25), ("بورت أفيريل", 8, 9), ("تارسين", 7, 8)]
    for i, (name, before, after) in enumerate(rows):
        y = 260 + i * 108
        t.text(1540, y + 36, name, "sansb", 32, INK, "rs")
        t.rect(1310 - before * 44, y - 8, before * 44, 30, "#c9b98f")
        t.rect(1310 - after * 44, y + 28, after * 44, 38, "#8c3b1f")
        t.text(1310 - before * 44 - 14, y + 17, str(before), "sans", 25, GREY, "rs")
        t.text(1310 - after * 44 - 14, y + 59, str(after), "sansb", 32, "#8c3b1f", "rs")
    t.line(1310, 240, 1310, 780, INK, 2)
    t.rect(470, 806, 26, 26, "#c9b98f")
    t.text(456, 828, "خريف 2024", "sans", 25, GREY, "rs")
    t.rect(260, 806, 26, 26, "#8c3b1f")
    t.text(246, 828, "خريف 2026", "sans", 25, GREY, "rs")
    deliver("bread-minutes-ar", t)


def freight():
    t = Table(1600, 900, "#f1f4f5")
    heading(t, "en", "The strait sets the price", "Corrin container index, 40-foot box, Port Averil to Marsa Nour, in crowns", "Source: Corrin Freight Exchange. Graphic: Mara Ellin")
    left, right, top, bottom = 130, 1520, 230, 800
    weeks = np.arange(0, 98)
    price = 1180 + 90 * np.sin(weeks / 7) + 640 * np.exp(-((weeks - 38) / 6) ** 2) + 260 / (1 + np.exp(-(weeks - 70) / 3)) + 520 * np.clip((weeks - 91) / 6, 0, 1) ** 1.3
    price += np.cumsum(rng(15).standard_normal(98)) * 9 + rng(16).standard_normal(98) * 16

    def at(week, value):
        return left + (right - left) * week / 97, bottom - (bottom - top) * (value - 800) / 1600
    for value in range(800, 2401, 400):
        t.line(left, at(0, value)[1], right, at(0, value)[1], INK if value == 800 else "#cfd6d9", 1.5)
        t.text(left - 14, at(0, value)[1] + 9, f"{value:,}", "sans", 25, GREY, "rs")
    for a, b in ((32, 45), (91, 97)):
        t.rect(at(a, 0)[0], top, at(b, 0)[0] - at(a, 0)[0], bottom - top, "#0b4a6f", 0.09)
    line = [at(w, p) for w, p in zip(weeks, price)]
    t.fill(line + [(right, bottom), (left, bottom)], "#0b4a6f", 0.06)
    t.stroke(line, "#0b4a6f", 5)
    t.disc(*line[-1], 10, "#b3121b")
    t.text(line[-1][0] - 4, line[-1][1] - 24, f"{price[-1]:,.0f}", "sansb", 34, "#b3121b", "rs", "#f1f4f5")
    t.text(at(38.5, 0)[0], top + 36, "Pilots’ strike", "sansm", 25, INK, "ms", "#f1f4f5")
    t.text(at(90, 0)[0], top + 28, "Senna Aurora", "sansi", 25, INK, "rs", "#f1f4f5")
    t.text(at(90, 0)[0], top + 60, "aground", "sansm", 25, INK, "rs", "#f1f4f5")
    for week, words in ((2, "Jan 2025"), (28, "Jul"), (54, "Jan 2026"), (80, "Jul")):
        t.text(at(week, 0)[0], bottom + 40, words, "sans", 25, GREY, "ls")
    deliver("freight-index", t)


def shot_map():
    """Half a pitch from above with shots as discs: size is the chance, red is a goal. No words."""
    t = Table(1600, 1067, "#2f5d3a")
    for i in range(0, 1600, 160):
        t.rect(i, 0, 80, 1067, "#356742")
    arr = t.array() * (0.9 + 0.16 * noise(1067, 1600, 91, 6, 10))[..., None]
    t.put(arr)
    chalk = "#e9efe4"
    for box in ([(60, 40), (1540, 40), (1540, 1027), (60, 1027)], [(60, 200), (400, 200), (400, 867), (60, 867)], [(60, 380), (180, 380), (180, 687), (60, 687)],
                [(1540, 200), (1200, 200), (1200, 867), (1540, 867)], [(1540, 380), (1420, 380), (1420, 687), (1540, 687)]):
        t.stroke(box, chalk, 4, 0.85, closed=True)
    t.line(800, 40, 800, 1027, chalk, 4, 0.85)
    t.ring(800, 533, 150, chalk, 4, 0.85)
    t.disc(800, 533, 7, chalk)
    for x, side in ((285, 1), (1315, -1)):
        t.disc(x, 533, 6, chalk)
        t.stroke([(x + side * 150 * np.cos(a), 533 + 150 * np.sin(a)) for a in np.linspace(-0.70, 0.70, 30)], chalk, 4, 0.85)
    for x in (36, 1540):
        t.stroke([(x, 470), (x + 24, 470), (x + 24, 596), (x, 596)], chalk, 4, 0.9, closed=True)
    source = rng(92)
    for side, count, fill, goals in ((1, 17, "#f4c542", (2, 9, 13)), (-1, 9, "#bcd7ee", (4,))):
        for i in range(count):
            d = abs(source.normal(210, 105)) + 40
            x = 1540 - d if side > 0 else 60 + d
            y = np.clip(source.normal(533, 135), 150, 920)
            chance = np.clip(0.62 * np.exp(-np.hypot(d, y - 533) / 150) + 0.02, 0.02, 0.8)
            r = 9 + 44 * np.sqrt(chance)
            goal = i in goals
            if goal:
                t.line(x, y, 1546 if side > 0 else 54, np.clip(533 + (y - 533) * 0.2, 480, 586), "#ffffff", 3, 0.8, (3, 9))
            t.disc(x, y, r, "#c4161c" if goal else fill, 0.92 if goal else 0.5)
            t.ring(x, y, r, "#ffffff" if goal else fill, 3)
    deliver("shot-map", grain(vignette(t.array(), 0.15), 9, 0.02))


def draw():
    for lang in ("en", "ru", "ar"):
        gauge(lang)
        seats(lang)
    rates("en")
    rates("ru")
    bread()
    freight()
    shot_map()


if __name__ == "__main__":
    draw()
