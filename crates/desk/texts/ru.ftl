# Рамка
desk = Редакция
skip = К содержанию
places = Разделы редакции
to-site = На сайт
queue-title = Очередь
write-title = Писать
people-title = Люди
house-title = Издания
account = Ваш аккаунт
sign-out = Выйти
help = Клавиши
help-title = Клавиши
keys-everywhere = Везде
palette = Перейти…
palette-label = Перейти на страницу или к материалу
close = Закрыть
role-reader = Читатель
role-moderator = Модератор
role-photo = Фоторедактор
role-reporter = Корреспондент
role-editor = Редактор
role-owner = Владелец
wish-theme = Цвета
theme-auto = Как в системе
theme-light = Светлые
theme-dark = Тёмные
wish-rows = Строки
rows-normal = Обычные
rows-compact = Плотные
rows-comfortable = Свободные
wish-keys = Одиночные клавиши
keys-on = Включены
keys-off = Выключены
wish-language = Язык
language-en = English
language-ru = Русский
ago-now = сейчас
ago-minutes = { $count } мин назад
ago-hours = { $count } ч назад
ago-days = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
   *[other] { $count } дней назад
}
in-minutes = через { $count } мин
in-hours = через { $count } ч
in-days = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
   *[other] через { $count } дней
}
month-1 = янв.
month-2 = февр.
month-3 = марта
month-4 = апр.
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = авг.
month-9 = сент.
month-10 = окт.
month-11 = нояб.
month-12 = дек.
# Что говорят скрипты
script-palette-none = Ничего не найдено
script-offline = Нет связи
script-online = Связь восстановлена
script-failed = Не получилось. Попробуйте ещё раз.
