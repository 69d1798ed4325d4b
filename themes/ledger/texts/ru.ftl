### Тексты интерфейса темы, русский. Число приходит дважды: `count` выбирает форму, `shown` — как оно написано.

## Даты
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-short-1 = янв.
month-short-2 = февр.
month-short-3 = марта
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июня
month-short-7 = июля
month-short-8 = авг.
month-short-9 = сент.
month-short-10 = окт.
month-short-11 = нояб.
month-short-12 = дек.
weekday-1 = Понедельник
weekday-2 = Вторник
weekday-3 = Среда
weekday-4 = Четверг
weekday-5 = Пятница
weekday-6 = Суббота
weekday-7 = Воскресенье
date-long = { $day } { $month } { $year }, { $time } { $zone }
date-short = { $day } { $month_short }, { $time }
date-date = { $day } { $month } { $year } г.
date-day = { $weekday }, { $day } { $month } { $year } г.
number-group = {" "}

## Страница вокруг содержания
skip-to-content = Перейти к содержанию
menu = Меню
sections = Рубрики
all-sections = Все рубрики и сервисы
editions = Издания
front-page = Главная
search = Поиск
sign-in = Войти
sign-out = Выйти
about-us = О нас
beside = Лента новостей
appearance = Оформление
appearance-system = Как на устройстве
appearance-light = Светлое
appearance-dark = Тёмное
shortcuts-on = Клавиша «/» открывает поиск
feed-rss = RSS-лента
lite-version = Текстовая версия
full-version = Полная версия
dismiss = Скрыть
close = Закрыть
loading = Загружается…
loading-failed = Не удалось загрузить. Попробуйте ещё раз.
connection-lost = Обновление прервано, восстанавливаем связь.
connection-back = Обновление восстановлено.

## Главная и списки
live = Онлайн
live-now = Сейчас онлайн
top-stories = Главное
latest-stories = Последние публикации
most-read = Самое читаемое
nothing-published = Здесь пока ничего не опубликовано.
topic = Тема
topics = Темы
authors = Авторы
pages = Страницы
pages-newer = Новее
pages-older = Раньше
pages-at = Страница { $page } из { $pages }
pages-number = Страница { $page }
list-comma = {", "}
list-and = {" и "}
byline-by = {""}
breaking = Срочно:

## Виды публикаций
kind-news = Новость
kind-live = Онлайн
kind-feature = Репортаж
kind-analysis = Анализ
kind-opinion = Мнение
kind-offbeat = Курьёзы
kind-gallery = Фотогалерея
kind-video = Видео

## Публикация
published = Опубликовано
updated = Обновлено
first-published = Первая публикация
also-in = На других языках
translation-stale = (обновляется)
translation-outdated = Оригинал этого перевода с тех пор изменился:
copy-link = Скопировать ссылку
link-copied = Ссылка скопирована
share = Поделиться
story-age-months = { $count ->
    [one] Этому материалу больше { $count } месяца.
    [few] Этому материалу больше { $count } месяцев.
    [many] Этому материалу больше { $count } месяцев.
   *[other] Этому материалу больше { $count } месяца.
  }
story-age-years = { $count ->
    [one] Этому материалу больше { $count } года.
    [few] Этому материалу больше { $count } лет.
    [many] Этому материалу больше { $count } лет.
   *[other] Этому материалу больше { $count } года.
  }
what-changed = Что изменилось
story-corrections = Исправления и дополнения к этому материалу
sources-count = { $count ->
    [one] { $count } источник этого материала
    [few] { $count } источника этого материала
    [many] { $count } источников этого материала
   *[other] { $count } источника этого материала
  }
source-confidential = Имя не раскрывается редакцией
source-kind-official = официальное лицо
source-kind-document = документ
source-kind-witness = очевидец
source-kind-agency = информационное агентство
source-kind-expert = эксперт
source-kind-data = данные
source-kind-anonymous = на условиях анонимности
storyline = Как развивались события:
explore-topics = Ещё по темам
related = Материалы по теме
next-story = Следующий материал
next-read-here = Читать дальше здесь
gallery-at = { $at } из { $of }

## Онлайн-трансляция
live-closed = Трансляция завершена.
live-entries = Сообщения трансляции
key-event = Главное событие
key-events = Главные события
pinned = Закреплено
live-held = { $count ->
    [one] { $shown } новое сообщение
    [few] { $shown } новых сообщения
    [many] { $shown } новых сообщений
   *[other] { $shown } нового сообщения
  }
updates-pause = Приостановить
updates-resume = Возобновить

## Версии и исправления
corrections = Исправления
corrections-about = Все исправления, уточнения, опровержения и существенные дополнения, новые сверху. Мы ничего не меняем молча.
corrections-none = Исправлений пока нет.
correction-kind-update = Дополнение
correction-kind-clarification = Уточнение
correction-kind-correction = Исправление
correction-kind-retraction = Опровержение
corrected-update = Дополнено
corrected-clarification = Уточнено
corrected-correction = Исправлено
corrected-retraction = Опровергнуто
versions-about = Что видели читатели и как материал менялся с момента публикации.
headline-before = Заголовок был
headline-after = Заголовок стал
text-changes = Изменения в тексте

## Лента новостей
newsfeed = Лента
newsfeed-about = Всё, что мы публикуем, по порядку, новое сверху.
newsfeed-all = Вся лента
newsfeed-mark-read = Всё прочитано
newsfeed-unseen = { $count ->
    [one] { $shown } новое сообщение в ленте
    [few] { $shown } новых сообщения в ленте
    [many] { $shown } новых сообщений в ленте
   *[other] { $shown } нового сообщения в ленте
  }
newsfeed-held = { $count ->
    [one] Показать { $shown } новое сообщение
    [few] Показать { $shown } новых сообщения
    [many] Показать { $shown } новых сообщений
   *[other] Показать { $shown } нового сообщения
  }
level-flash = Молния
level-urgent = Срочно
level-bulletin = Сводка
level-routine = Сообщение

## Поиск
search-label = Поиск по материалам
search-results = Результаты
search-results-for = Результаты по запросу «{ $q }»
search-count = { $count ->
    [one] { $shown } материал по запросу «{ $q }»
    [few] { $shown } материала по запросу «{ $q }»
    [many] { $shown } материалов по запросу «{ $q }»
   *[other] { $shown } материала по запросу «{ $q }»
  }
search-none = По запросу «{ $q }» ничего не найдено. Проверьте написание или сократите запрос.

## Текстовая версия
lite-picture = Изображение:

## Ошибки
error-401-title = Войдите, пожалуйста
error-401-text = Эта страница для тех, у кого есть учётная запись.
error-403-title = Эта страница вам недоступна
error-403-text = Возможно, нужно войти под другой учётной записью или попросить доступ у редактора.
error-404-title = Страница не найдена
error-404-text = Возможно, в адресе опечатка или страница переехала. Попробуйте поиск или посмотрите новое.
error-410-title = Материал отозван
error-410-text = Он был опубликован здесь и снят с публикации.
error-413-title = Слишком большой размер
error-413-text = Вы отправили больше данных, чем мы принимаем.
error-429-title = Слишком много запросов
error-429-text = Нам пришлось вас немного притормозить.
error-500-title = Ошибка на нашей стороне
error-500-text = Сбой записан, мы разберёмся. Попробуйте ещё раз через минуту.
error-503-title = Скоро вернёмся
error-503-text = Сайт ненадолго недоступен.
error-other-title = Не получилось
error-other-text = Запрос не удалось выполнить.
error-retry = { $count ->
    [one] Попробуйте снова через { $shown } секунду.
    [few] Попробуйте снова через { $shown } секунды.
    [many] Попробуйте снова через { $shown } секунд.
   *[other] Попробуйте снова через { $shown } секунды.
  }
error-reference = Номер обращения:
withdrawn-at = Отозвано
withdrawn-about = Мы не снимаем материалы молча; список отозванных публикаций:

## Вход, первый владелец, учётная запись
field-name = Имя
field-email = Эл. почта
field-password = Пароль
password-hint = Не меньше { $count } знаков. Хорошо подойдут несколько слов подряд; вставка из буфера разрешена.
password-show = Показать пароль
password-hide = Скрыть пароль
setup-title = Настройка редакции
setup-about = Вы здесь первый. Эта учётная запись станет владельцем сайта; остальных можно пригласить позже.
setup-submit = Создать владельца
sign-in-help = Забыли пароль? Владелец сайта может прислать новую ссылку.
totp-title = Введите код
totp-about = Откройте приложение-аутентификатор и введите код для этого сайта.
totp-enrol-title = Включить двухэтапный вход
totp-enrol-about = Отсканируйте код приложением-аутентификатором или введите секрет вручную, затем подтвердите кодом из приложения.
totp-enrol-submit = Подтвердить и включить
totp-qr = QR-код для приложения-аутентификатора
totp-secret = Секрет:
totp-open-app = Открыть в приложении
totp-code = Код
totp-code-hint = Шесть цифр или один из резервных кодов.
totp-on = Двухэтапный вход включён
totp-again = Настроить двухэтапный вход заново
totp-off = Включить двухэтапный вход
field-present = Нынешний пароль
field-new-password = Новый пароль
password-invitation-title = Добро пожаловать в редакцию
password-invitation-about = Придумайте пароль. Затем настроим второй шаг входа.
password-reset-title = Придумайте новый пароль
password-reset-about = На всех других устройствах вход будет завершён.
password-change-title = Смена пароля
password-change-about = Все остальные сеансы завершатся.
password-submit = Сохранить пароль
password-change = Сменить пароль
recovery-title = Резервные коды
recovery-about = Каждый код позволяет один раз войти без телефона. Храните их там, где их не прочтут другие: больше они показаны не будут.
recovery-left = { $count ->
    [one] Остался { $shown } резервный код.
    [few] Осталось { $shown } резервных кода.
    [many] Осталось { $shown } резервных кодов.
   *[other] Осталось { $shown } резервного кода.
  }
recovery-renew = Создать новые коды
link-title = Эта ссылка не работает
link-unknown = Возможно, адрес набран с ошибкой или обрезан. Скопируйте ссылку целиком или попросите новую.
link-used = Ссылка уже использована: каждая работает один раз. Если это были не вы, сразу сообщите владельцу сайта.
link-expired = Срок ссылки истёк. Попросите новую у владельца сайта; для первой настройки перезапустите сервер.
link-has-owner = У этой редакции уже есть владелец. Войдите или попросите у него приглашение.
wrong-sign-in = Адрес и пароль не подходят друг к другу.
wrong-too-many = { $count ->
    [one] Слишком много попыток. Попробуйте снова через { $shown } минуту.
    [few] Слишком много попыток. Попробуйте снова через { $shown } минуты.
    [many] Слишком много попыток. Попробуйте снова через { $shown } минут.
   *[other] Слишком много попыток. Попробуйте снова через { $shown } минуты.
  }
wrong-email = Напишите адрес в виде name@example.org.
wrong-email-taken = Этот адрес здесь уже занят.
wrong-name = Напишите имя не длиннее { $count } знаков.
wrong-password-short = Нужно не меньше { $count } знаков.
wrong-password-long = Допустимо не больше { $count } знаков.
wrong-password-common = Такие пароли подбирают первыми. Возьмите несколько слов подряд.
wrong-code = Код не подходит. Каждый код действует один раз; дождитесь следующего.
wrong-present = Это не нынешний пароль.
sessions = Где выполнен вход
session-device = Устройство
session-started = Вход
session-seen = Последнее обращение
session-current = это устройство
session-end = Завершить сеанс
tokens = Токены API
tokens-none = Токенов нет. Они создаются командой «wireroom token add».
token-name = Название
token-scope = Доступ
token-made = Создан
token-used = Использован
token-end = Отозвать
token-shown-once = Скопируйте токен сейчас: больше он показан не будет.
never = никогда
scope-read = чтение
scope-reader = действия читателя
scope-desk = работа в редакции
open-desk = Открыть редакцию
role-reader = Читатель
role-moderator = Модератор
role-photo = Фоторедактор
role-reporter = Корреспондент
role-editor = Редактор
role-owner = Владелец

## What changed, said to screen readers before the words
diff-added = добавлено:
diff-removed = удалено:
diff-changed = изменено:

## Обсуждения и чаты
chats = Чаты
chats-about = У каждого материала есть своё обсуждение. Читайте или присоединяйтесь.
chats-open = Идут сейчас
chats-ended = Завершённые обсуждения
chats-none = Обсуждений пока нет.
chats-all = Все чаты
room-discussion = Обсуждение
room-back = К материалу
room-join = { $count ->
    [one] В чат ({ $shown })
    [few] В чат ({ $shown })
    [many] В чат ({ $shown })
   *[other] В чат ({ $shown })
  }
room-start = Начать обсуждение
room-messages = { $count ->
    [one] { $shown } сообщение
    [few] { $shown } сообщения
    [many] { $shown } сообщений
   *[other] { $shown } сообщения
  }
room-read-all = Читать всё обсуждение
room-answers = Из обсуждения
room-log = Сообщения обсуждения
room-empty = Здесь ещё никто не писал.
room-closed = Обсуждение закрыто; его можно читать.
room-read-only = Сейчас здесь пишет только редакция.
room-premoderated = Каждое сообщение сначала читает модератор.
room-members = Сейчас здесь пишут только те, чьей учётной записи больше суток.
room-slow = { $count ->
    [one] Медленный режим: { $shown } секунда между сообщениями.
    [few] Медленный режим: { $shown } секунды между сообщениями.
    [many] Медленный режим: { $shown } секунд между сообщениями.
   *[other] Медленный режим: { $shown } секунды между сообщениями.
  }
room-sign-in = Чтобы участвовать, войдите или зарегистрируйтесь
room-label = Ваше сообщение
room-rules = Правила обсуждений
room-post = Отправить
room-hint = **жирный**, *курсив*, `код`, > цитата
room-keys = Enter отправляет, Shift+Enter начинает новую строку
room-held-title = Ваше сообщение ждёт модератора
room-held-text = Оно появится, когда его прочтут. Если его не примут, вам сообщат почему.
room-pinned = Закреплено
room-host = Ведущий
badge-staff = Редакция
badge-author = Автор материала
badge-moderator = Модератор
room-featured = В материале
room-edited = изменено
room-removed-author = Автор удалил это сообщение.
room-removed-moderator = Модератор удалил это сообщение.
room-reply-to = В ответ { $name }
reaction-agree = Согласие
reaction-thanks = Спасибо
reaction-insight = Дельно
reaction-funny = Смешно
reaction-surprised = Удивительно
reaction-sad = Грустно
room-new = { $count ->
    [one] { $shown } новое сообщение
    [few] { $shown } новых сообщения
    [many] { $shown } новых сообщений
   *[other] { $shown } нового сообщения
  }
room-here = { $count ->
    [one] { $shown } здесь
    [few] { $shown } здесь
    [many] { $shown } здесь
   *[other] { $shown } здесь
  }
room-typing = { $name } пишет
room-typing-many = Несколько человек пишут
room-reply = Ответить
room-react = Отклик
room-report = Пожаловаться
room-edit = Изменить
room-remove = Удалить
room-more = Ещё
room-not-sent = Не отправлено
room-retry = Повторить
room-discard = Отменить
room-sending = Отправляется
room-waiting = Ждёт модератора
room-refused = Не принято
room-left = { $count ->
    [one] Остался { $shown } знак
    [few] Осталось { $shown } знака
    [many] Осталось { $shown } знаков
   *[other] Осталось { $shown } знака
  }
room-older = Более ранние сообщения
room-cancel = Отмена
room-save = Сохранить
room-remove-sure = Удалить это сообщение?
room-report-title = Жалоба на сообщение
room-report-why = Что с ним не так?
report-abuse = Оскорбления
report-hate = Ненависть
report-threat = Угроза
report-spam = Реклама или спам
report-off_topic = Не по теме
report-illegal = Противозаконное содержание
report-other = Другое
room-report-note = Пояснение для модераторов
room-report-send = Отправить жалобу
room-reported = Спасибо. Модератор посмотрит.
room-unread = Новое с вашего прошлого посещения
room-own-page = Открыть на отдельной странице
room-ignore = Не показывать этого человека
room-ignored = От человека, которого вы скрыли.
room-unseen = { $count ->
    [one] { $shown } непрочитанное сообщение в чатах
    [few] { $shown } непрочитанных сообщения в чатах
    [many] { $shown } непрочитанных сообщений в чатах
   *[other] { $shown } непрочитанного сообщения в чатах
  }

## Учётные записи читателей и почта
register = Зарегистрироваться
register-title = Регистрация
register-about = С учётной записью можно участвовать в обсуждениях. Для чтения она не нужна.
register-submit = Прислать ссылку
field-your-name = Ваше имя
field-your-name-hint = Его видят все рядом с тем, что вы пишете.
field-email-hint = Мы отправим туда ссылку для подтверждения. Больше никто его не увидит.
field-trap = Оставьте это поле пустым
field-new-email = Новый адрес эл. почты
have-account = Уже есть учётная запись?
no-account = Ещё нет учётной записи?
mail-me = Прислать ссылку на почту
mail-me-about = Без пароля: укажите адрес выше, и мы пришлём ссылку для входа.
forgotten-title = Забыли пароль?
forgotten-about = Укажите свой адрес, и мы пришлём ссылку для выбора нового пароля.
forgotten-submit = Прислать ссылку
sent-title = Проверьте почту
sent-about = На указанный адрес отправлено письмо. Ссылка в нём действует один раз, в течение часа, в этом браузере.
sent-nothing = Ничего не пришло через несколько минут? Загляните в спам или запросите ещё раз.
confirm-register-title = Подтвердите адрес
confirm-register-about = Сейчас будет создана учётная запись, и вы войдёте.
confirm-register-submit = Подтвердить адрес
confirm-sign_in-title = Войти
confirm-sign_in-about = Вы войдёте на этом устройстве.
confirm-sign_in-submit = Войти
confirm-address-title = Подтвердите новый адрес
confirm-address-about = Теперь у учётной записи будет этот адрес. На прежний придёт уведомление.
confirm-address-submit = Подтвердить адрес
confirm-deletion-title = Удаление учётной записи
confirm-deletion-about = Всё, что мы о вас храним, будет стёрто. Вернуть это нельзя.
confirm-deletion-submit = Удалить учётную запись
errand-unknown = Возможно, ссылка скопирована не полностью. Скопируйте её целиком или запросите новую.
errand-used = Она уже использована: каждая ссылка действует один раз. Запросите новую.
errand-expired = Срок её действия истёк. Запросите новую.
errand-elsewhere = Она работает только в том браузере, в котором была запрошена. Откройте её там или запросите новую здесь.
me-title = Ваша учётная запись
me-staff = Двухэтапный вход и токены
me-name-submit = Изменить имя
me-address-title = Адрес эл. почты
me-address-about = Мы отправим туда ссылку; пока вы её не откроете, всё останется как есть.
me-address-submit = Изменить адрес
me-password-is = Вы можете входить с паролем или по ссылке из письма.
me-password-none = Вы входите по ссылкам из писем. С паролем не придётся ждать почту.
me-end-others = Выйти на всех других устройствах
me-data = Ваши данные
me-data-about = Вы можете забрать всё с собой и можете всё стереть.
me-export = Скачать всё
me-done-name = Имя изменено.
me-done-address = Адрес изменён.
me-done-password = Пароль задан. Все остальные сеансы завершены.
me-done-session = Сеанс завершён.
me-done-passkey = Ключи доступа изменены.
ignored-title = Кого вы не читаете
ignored-about = Вы не видите, что они пишут. Они об этом не узнают.
ignored-none = В списке никого нет.
ignored-end = Больше не скрывать
deletion-title = Удалить учётную запись
deletion-about = Имя, адрес, сообщения и всё остальное, что мы о вас храним, будет стёрто. Отменить это нельзя.
deletion-submit = Удалить навсегда
deletion-link-about = Можно также подтвердить по ссылке, которую мы пришлём на ваш адрес.
deletion-link = Прислать ссылку
deletion-staff = Это учётная запись редакции. Попросите владельца её закрыть.
farewell-title = Учётная запись удалена
farewell-about = Всё, что мы о вас хранили, стёрто. Спасибо, что были с нами.
password-first-title = Выберите пароль
password-first-about = Все остальные ваши сеансы завершатся.
wrong-too-soon = Слишком быстро. Проверьте написанное и отправьте ещё раз.
wrong-email-disposable = Укажите адрес, который будет у вас и через год.
wrong-name-taken = Так зовут кого-то из редакции. Выберите другое имя.
passkeys = Ключи доступа
passkeys-about = Ключ доступа позволяет входить по отпечатку, лицу или PIN-коду устройства вместо пароля.
passkey-name = Устройство
passkey-add = Добавить ключ доступа
passkey-end = Удалить
passkey-sign-in = Войти с ключом доступа
passkey-failed = Не получилось. Попробуйте ещё раз или выберите другой способ.
outbox-title = Исходящая почта
outbox-about = Последние письма читателям. Текст хранится только до отправки; без почтового сервера он показан здесь.
outbox-none = Пока ничего не отправлялось.
outbox-waiting = ожидает
outbox-sent = отправлено
outbox-shown = не отправлено: почтовый сервер не задан
outbox-failed = отменено
outbox-open = Открыть ссылку
mail-register-subject = Подтвердите адрес для { $site }
mail-register-text = Кто-то запросил учётную запись с этим адресом. Если это были вы, подтвердите его.
mail-known-subject = У вас уже есть учётная запись: { $site }
mail-known-text = Кто-то хотел зарегистрироваться с этим адресом, но учётная запись уже есть. Если это были вы, войдите по этой ссылке.
mail-sign-in-subject = Ссылка для входа: { $site }
mail-sign-in-text = Вы запросили ссылку для входа.
mail-password-subject = Новый пароль: { $site }
mail-password-text = Вы запросили новый пароль. Задайте его по этой ссылке.
mail-address-subject = Подтвердите новый адрес: { $site }
mail-address-text = Вы хотите сменить адрес учётной записи на этот. Подтвердите.
mail-address-taken-subject = У этого адреса уже есть учётная запись: { $site }
mail-address-taken-text = Кто-то хотел перенести учётную запись на этот адрес, но у него уже есть своя. Ничего не изменено.
mail-address-told-subject = Адрес вашей учётной записи изменён: { $site }
mail-address-told-text = Ваша учётная запись перенесена с этого адреса на другой. Если это были не вы, немедленно напишите в редакцию.
mail-deletion-subject = Удалить учётную запись: { $site }?
mail-deletion-text = Вы попросили удалить учётную запись. По этой ссылке будет стёрто всё, что мы о вас храним.
mail-unknown-subject = Учётной записи с этим адресом нет: { $site }
mail-unknown-text = Кто-то хотел войти с этим адресом, но учётной записи у него нет. Если это были вы, возможно, вы регистрировались с другим адресом; или зарегистрируйтесь сейчас.
mail-staff-subject = Вход: { $site }
mail-staff-text = Вы работаете в редакции: входите с паролем и вторым шагом. Если пароль утрачен, попросите у владельца новую ссылку.
mail-closed-subject = Эта учётная запись закрыта: { $site }
mail-closed-text = Учётная запись с этим адресом закрыта. Если хотите её вернуть, напишите в редакцию.
mail-passkey-subject = Новый ключ доступа: { $site }
mail-passkey-text = К вашей учётной записи добавлен ключ доступа. Если это были не вы, удалите его на странице учётной записи и смените пароль.
mail-once = Ссылка действует один раз, в течение часа, в том браузере, где вы её запросили.
mail-not-you = Если это были не вы, ничего не делайте: без ссылки ничего не произойдёт.
mail-foot = { $site } отправляет это письмо, потому что этот адрес указали на сайте. Пожалуйста, не отвечайте на него.

# Moderation log
modlog = Модерация чатов
modlog-about = Все решения модераторов за последние месяцы, сначала новые. Здесь сказано, что сделано и почему; имена не названы, сообщения не цитируются.
modlog-none = Решений ещё не было.
modlog-undone = отменено
modlog-rule = найдено правилом
modlog-did-reject = Сообщение не показано
modlog-did-remove = Сообщение убрано
modlog-did-hold = Сообщение задержано до проверки
modlog-did-warn = Предупреждение
modlog-did-time_out = Тайм-аут
modlog-did-mute = Лишение права писать
modlog-did-ban = Блокировка
modlog-ground-abuse = Оскорбление
modlog-ground-hate = Разжигание вражды
modlog-ground-threat = Угроза
modlog-ground-spam = Спам
modlog-ground-off_topic = Не по теме
modlog-ground-personal_data = Личные данные
modlog-ground-illegal = Противозаконно
modlog-ground-other = Правила площадки
