### Oberflächentexte, Deutsch. Die Zahl kommt zweimal: `count` wählt die Form, `shown` ist ihre Schreibweise.

## Datum
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
date-long = { $day }. { $month } { $year }, { $time } Uhr { $zone }
date-short = { $day }. { $month_short }, { $time }
date-date = { $day }. { $month } { $year }
date-day = { $weekday }, { $day }. { $month } { $year }
number-group = .

## Die Seite um den Inhalt
skip-to-content = Zum Inhalt springen
menu = Menü
sections = Ressorts
all-sections = Alle Ressorts und Dienste
editions = Ausgaben
front-page = Titelseite
search = Suche
sign-in = Anmelden
sign-out = Abmelden
about-us = Über uns
beside = Newsticker
appearance = Darstellung
appearance-system = Wie das Gerät
appearance-light = Hell
appearance-dark = Dunkel
shortcuts-on = Tastenkürzel: „/“ öffnet die Suche
feed-rss = RSS-Feed
lite-version = Nur-Text-Fassung
full-version = Vollständige Fassung
dismiss = Ausblenden
close = Schließen
loading = Wird geladen …
loading-failed = Das Laden ist fehlgeschlagen. Versuchen Sie es noch einmal.
connection-lost = Die Live-Aktualisierung ist unterbrochen; die Verbindung wird wiederhergestellt.
connection-back = Die Live-Aktualisierung läuft wieder.

## Titelseiten und Listen
live = Live
live-now = Jetzt live
top-stories = Top-Themen
latest-stories = Neueste Beiträge
most-read = Meistgelesen
nothing-published = Hier ist noch nichts erschienen.
topic = Thema
topics = Themen
authors = Autorinnen und Autoren
pages = Seiten
pages-newer = Neuere
pages-older = Ältere
pages-at = Seite { $page } von { $pages }
pages-number = Seite { $page }
list-comma = {", "}
list-and = {" und "}
byline-by = Von
breaking = Eilmeldung:

## Beitragsarten
kind-news = Nachricht
kind-live = Live
kind-feature = Reportage
kind-analysis = Analyse
kind-opinion = Meinung
kind-offbeat = Vermischtes
kind-gallery = In Bildern
kind-video = Video

## Beitrag
published = Veröffentlicht
updated = Aktualisiert
first-published = Zuerst veröffentlicht
also-in = Auch zu lesen auf
translation-stale = (wird aktualisiert)
translation-outdated = Das Original dieser Übersetzung hat sich seither geändert:
copy-link = Link kopieren
link-copied = Link kopiert
share = Teilen
story-age-months = { $count ->
    [one] Dieser Beitrag ist mehr als { $count } Monat alt.
   *[other] Dieser Beitrag ist mehr als { $count } Monate alt.
  }
story-age-years = { $count ->
    [one] Dieser Beitrag ist mehr als { $count } Jahr alt.
   *[other] Dieser Beitrag ist mehr als { $count } Jahre alt.
  }
what-changed = Was sich geändert hat
story-corrections = Korrekturen und Aktualisierungen zu diesem Beitrag
sources-count = { $count ->
    [one] { $count } Quelle für diesen Beitrag
   *[other] { $count } Quellen für diesen Beitrag
  }
source-confidential = Name der Redaktion bekannt
source-kind-official = amtliche Quelle
source-kind-document = Dokument
source-kind-witness = Augenzeuge
source-kind-agency = Nachrichtenagentur
source-kind-expert = Fachperson
source-kind-data = Daten
source-kind-anonymous = äußerte sich unter der Bedingung der Anonymität
storyline = Was bisher geschah:
explore-topics = Mehr zu diesen Themen
related = Mehr zum Thema
next-story = Nächster Beitrag
next-read-here = Hier weiterlesen
gallery-at = { $at } von { $of }

## Live-Berichterstattung
live-closed = Diese Live-Berichterstattung ist beendet.
live-entries = Live-Meldungen
key-event = Schlüsselmoment
key-events = Die wichtigsten Ereignisse
pinned = Angeheftet
live-held = { $count ->
    [one] { $shown } neue Meldung
   *[other] { $shown } neue Meldungen
  }
updates-pause = Aktualisierung anhalten
updates-resume = Aktualisierung fortsetzen

## Fassungen und Korrekturen
corrections = Korrekturen
corrections-about = Alle Korrekturen, Klarstellungen, Widerrufe und wesentlichen Aktualisierungen, die neuesten zuerst. Wir ändern nichts stillschweigend.
corrections-none = Bisher keine Korrekturen.
correction-kind-update = Aktualisierung
correction-kind-clarification = Klarstellung
correction-kind-correction = Korrektur
correction-kind-retraction = Widerruf
corrected-update = Aktualisiert
corrected-clarification = Klargestellt
corrected-correction = Korrigiert
corrected-retraction = Widerrufen
versions-about = Was zu lesen war und was sich seit der ersten Veröffentlichung geändert hat.
headline-before = Überschrift vorher
headline-after = Überschrift nachher
text-changes = Änderungen am Text

## Newsticker
newsfeed = Ticker
newsfeed-about = Alles, was wir veröffentlichen, der Reihe nach, das Neueste zuerst.
newsfeed-all = Der ganze Ticker
newsfeed-mark-read = Alles als gelesen markieren
newsfeed-unseen = { $count ->
    [one] { $shown } neue Meldung im Ticker
   *[other] { $shown } neue Meldungen im Ticker
  }
newsfeed-held = { $count ->
    [one] { $shown } neue Meldung anzeigen
   *[other] { $shown } neue Meldungen anzeigen
  }
level-flash = Blitz
level-urgent = Eilt
level-bulletin = Bulletin
level-routine = Meldung

## Suche
search-label = Beiträge suchen
search-results = Ergebnisse
search-results-for = Ergebnisse für „{ $q }“
search-count = { $count ->
    [one] { $shown } Beitrag zu „{ $q }“
   *[other] { $shown } Beiträge zu „{ $q }“
  }
search-none = Keine Beiträge zu „{ $q }“. Prüfen Sie die Schreibweise oder versuchen Sie es mit weniger Wörtern.

## Nur-Text-Fassung
lite-picture = Bild:

## Fehler
error-401-title = Bitte melden Sie sich an
error-401-text = Diese Seite ist für Personen, die hier ein Konto haben.
error-403-title = Diese Seite ist für Sie nicht zugänglich
error-403-text = Vielleicht müssen Sie sich mit einem anderen Konto anmelden oder die Redaktion um Zugang bitten.
error-404-title = Diese Seite finden wir nicht
error-404-text = Die Adresse ist vielleicht falsch geschrieben, oder die Seite ist umgezogen. Suchen Sie den Beitrag oder sehen Sie nach, was neu ist.
error-410-title = Dieser Beitrag wurde zurückgezogen
error-410-text = Er war hier veröffentlicht und wurde entfernt.
error-413-title = Das war zu groß
error-413-text = Was Sie gesendet haben, ist größer, als wir annehmen.
error-429-title = Zu viele Anfragen
error-429-text = Wir mussten Ihre Anfragen bremsen.
error-500-title = Bei uns ist etwas schiefgegangen
error-500-text = Der Fehler ist protokolliert, wir gehen ihm nach. Versuchen Sie es gleich noch einmal.
error-503-title = Gleich wieder da
error-503-text = Die Website ist kurz nicht erreichbar.
error-other-title = Das hat nicht geklappt
error-other-text = Die Anfrage konnte nicht ausgeführt werden.
error-retry = { $count ->
    [one] Versuchen Sie es in { $shown } Sekunde noch einmal.
   *[other] Versuchen Sie es in { $shown } Sekunden noch einmal.
  }
error-reference = Kennung für unseren Support:
withdrawn-at = Zurückgezogen am
withdrawn-about = Wir entfernen nichts stillschweigend; zurückgezogene Beiträge stehen unter

## Anmeldung, erste Inhaberschaft, Konto
field-name = Name
field-email = E-Mail
field-password = Passwort
password-hint = Mindestens { $count } Zeichen. Mehrere Wörter hintereinander sind gut; Einfügen ist erlaubt.
password-show = Passwort anzeigen
password-hide = Passwort verbergen
setup-title = Richten Sie Ihre Redaktion ein
setup-about = Sie sind zuerst hier. Diesem Konto wird die Website gehören; andere können Sie danach einladen.
setup-submit = Inhaberkonto anlegen
sign-in-help = Passwort vergessen? Die Inhaberin oder der Inhaber kann Ihnen einen neuen Link schicken.
totp-title = Code eingeben
totp-about = Öffnen Sie Ihre Authentifizierungs-App und geben Sie den Code für diese Website ein.
totp-enrol-title = Anmeldung in zwei Schritten einschalten
totp-enrol-about = Scannen Sie den Code mit einer Authentifizierungs-App oder tippen Sie das Geheimnis ab, und bestätigen Sie dann mit dem angezeigten Code.
totp-enrol-submit = Bestätigen und einschalten
totp-qr = QR-Code für die Authentifizierungs-App
totp-secret = Geheimnis:
totp-open-app = In der App öffnen
totp-code = Code
totp-code-hint = Sechs Ziffern oder einer Ihrer Wiederherstellungscodes.
totp-on = Anmeldung in zwei Schritten ist eingeschaltet
totp-again = Anmeldung in zwei Schritten neu einrichten
totp-off = Anmeldung in zwei Schritten einschalten
field-present = Jetziges Passwort
field-new-password = Neues Passwort
password-invitation-title = Willkommen in der Redaktion
password-invitation-about = Wählen Sie ein Passwort. Danach folgt der zweite Schritt der Anmeldung.
password-reset-title = Wählen Sie ein neues Passwort
password-reset-about = Sie werden überall sonst abgemeldet.
password-change-title = Passwort ändern
password-change-about = Alle Ihre anderen Sitzungen enden.
password-submit = Passwort speichern
password-change = Passwort ändern
recovery-title = Wiederherstellungscodes
recovery-about = Mit jedem dieser Codes können Sie sich einmal ohne Telefon anmelden. Bewahren Sie sie so auf, dass niemand sonst sie liest; sie werden nicht noch einmal angezeigt.
recovery-left = { $count ->
    [one] Es ist noch { $shown } Wiederherstellungscode übrig.
   *[other] Es sind noch { $shown } Wiederherstellungscodes übrig.
  }
recovery-renew = Neue Codes erzeugen
link-title = Dieser Link funktioniert nicht
link-unknown = Die Adresse ist vielleicht vertippt oder abgeschnitten. Kopieren Sie den ganzen Link oder bitten Sie um einen neuen.
link-used = Er wurde schon benutzt; jeder Link gilt einmal. Wenn Sie das nicht waren, sagen Sie der Inhaberin oder dem Inhaber sofort Bescheid.
link-expired = Er ist abgelaufen. Bitten Sie die Inhaberin oder den Inhaber um einen neuen; für die Einrichtung starten Sie den Server neu.
link-has-owner = Diese Redaktion hat schon eine Inhaberin oder einen Inhaber. Melden Sie sich an oder bitten Sie um eine Einladung.
wrong-sign-in = Adresse und Passwort passen nicht zusammen.
wrong-too-many = { $count ->
    [one] Zu viele Versuche. Versuchen Sie es in { $shown } Minute noch einmal.
   *[other] Zu viele Versuche. Versuchen Sie es in { $shown } Minuten noch einmal.
  }
wrong-email = Schreiben Sie die Adresse wie name@example.org.
wrong-email-taken = Diese Adresse hat hier schon jemand.
wrong-name = Schreiben Sie einen Namen mit höchstens { $count } Zeichen.
wrong-password-short = Nehmen Sie mindestens { $count } Zeichen.
wrong-password-long = Nehmen Sie höchstens { $count } Zeichen.
wrong-password-common = Solche Passwörter werden zuerst probiert. Nehmen Sie mehrere Wörter hintereinander.
wrong-code = Dieser Code passt nicht. Jeder Code gilt einmal; warten Sie auf den nächsten.
wrong-present = Das ist nicht Ihr jetziges Passwort.
sessions = Wo Sie angemeldet sind
session-device = Gerät
session-started = Angemeldet
session-seen = Zuletzt aktiv
session-current = dieses Gerät
session-end = Dort abmelden
tokens = API-Token
tokens-none = Es gibt keine Token. Sie werden mit „wireroom token add“ angelegt.
token-name = Name
token-scope = Erlaubt
token-made = Angelegt
token-used = Zuletzt benutzt
token-end = Beenden
token-shown-once = Kopieren Sie dieses Token jetzt; es wird nicht noch einmal angezeigt.
never = nie
scope-read = lesen
scope-reader = als Leser handeln
scope-desk = in der Redaktion arbeiten
open-desk = Redaktion öffnen
role-reader = Leser
role-moderator = Moderation
role-photo = Bildredaktion
role-reporter = Reporter
role-editor = Redaktion
role-owner = Inhaberschaft

## What changed, said to screen readers before the words
diff-added = hinzugefügt:
diff-removed = entfernt:
diff-changed = geändert:

## Räume und Chats
chats = Chats
chats-about = Jeder Beitrag hat seinen Raum. Lesen Sie mit oder reden Sie mit.
chats-open = Jetzt offen
chats-ended = Beendete Diskussionen
chats-none = Noch gibt es keine Diskussion.
chats-all = Alle Chats
room-discussion = Diskussion
room-back = Zurück zum Beitrag
room-join = { $count ->
    [one] Zum Chat ({ $shown })
   *[other] Zum Chat ({ $shown })
  }
room-start = Chat beginnen
room-messages = { $count ->
    [one] { $shown } Nachricht
   *[other] { $shown } Nachrichten
  }
room-read-all = Die ganze Diskussion lesen
room-answers = Aus der Diskussion
room-log = Nachrichten dieser Diskussion
room-empty = Hier hat noch niemand geschrieben.
room-closed = Diese Diskussion ist geschlossen; sie bleibt lesbar.
room-read-only = Zurzeit schreibt hier nur die Redaktion.
room-premoderated = Die Moderation liest jede Nachricht, bevor sie erscheint.
room-members = Zurzeit kann hier nur schreiben, wessen Konto einen Tag alt ist.
room-slow = { $count ->
    [one] Langsamer Modus: { $shown } Sekunde zwischen zwei Nachrichten.
   *[other] Langsamer Modus: { $shown } Sekunden zwischen zwei Nachrichten.
  }
room-sign-in = Zum Mitreden anmelden oder registrieren
room-label = Ihre Nachricht
room-rules = Hausregeln
room-post = Senden
room-hint = **fett**, *kursiv*, `Code`, > Zitat
room-keys = Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile
room-held-title = Ihre Nachricht wartet auf die Moderation
room-held-text = Sie erscheint, sobald sie gelesen ist. Wird sie nicht angenommen, erfahren Sie den Grund.
room-pinned = Angeheftet
room-host = Gastgeber
badge-staff = Redaktion
badge-author = Schrieb diesen Beitrag
badge-moderator = Moderation
room-featured = Im Beitrag
room-edited = geändert
room-removed-author = Diese Nachricht wurde zurückgezogen.
room-removed-moderator = Die Moderation hat diese Nachricht entfernt.
room-reply-to = Antwort an { $name }
reaction-agree = Stimmt
reaction-thanks = Danke
reaction-insight = Erhellend
reaction-funny = Lustig
reaction-surprised = Überraschend
reaction-sad = Traurig
room-new = { $count ->
    [one] { $shown } neue Nachricht
   *[other] { $shown } neue Nachrichten
  }
room-here = { $count ->
    [one] { $shown } hier
   *[other] { $shown } hier
  }
room-typing = { $name } schreibt
room-typing-many = Mehrere schreiben
room-reply = Antworten
room-react = Reagieren
room-report = Melden
room-edit = Ändern
room-remove = Entfernen
room-more = Mehr
room-not-sent = Nicht gesendet
room-retry = Erneut senden
room-discard = Verwerfen
room-sending = Wird gesendet
room-waiting = Wartet auf die Moderation
room-refused = Nicht angenommen
room-left = { $count ->
    [one] Noch { $shown } Zeichen
   *[other] Noch { $shown } Zeichen
  }
room-older = Ältere Nachrichten
room-cancel = Abbrechen
room-save = Speichern
room-remove-sure = Diese Nachricht entfernen?
room-report-title = Diese Nachricht melden
room-report-why = Was stimmt damit nicht?
report-abuse = Beleidigung
report-hate = Hass
report-threat = Drohung
report-spam = Werbung oder Spam
report-off_topic = Nicht zum Thema
report-illegal = Rechtswidriger Inhalt
report-other = Etwas anderes
room-report-note = Hinweis für die Moderation
room-report-send = Meldung senden
room-reported = Danke. Die Moderation sieht es sich an.
room-unread = Neu seit Ihrem letzten Besuch
room-own-page = Auf eigener Seite öffnen
room-ignore = Diese Person ignorieren
room-ignored = Von jemandem, den Sie ignorieren.
room-unseen = { $count ->
    [one] { $shown } ungelesene Nachricht in den Chats
   *[other] { $shown } ungelesene Nachrichten in den Chats
  }

## Leserkonten und E-Mail
register = Registrieren
register-title = Konto anlegen
register-about = Mit einem Konto können Sie mitdiskutieren. Zum Lesen brauchen Sie keines.
register-submit = Link zusenden
field-your-name = Ihr Name
field-your-name-hint = Alle sehen ihn neben dem, was Sie schreiben.
field-email-hint = Wir schicken einen Link zur Bestätigung. Sonst sieht sie niemand.
field-trap = Dieses Feld bitte leer lassen
field-new-email = Neue E-Mail-Adresse
have-account = Sie haben schon ein Konto?
no-account = Noch kein Konto?
mail-me = Link per E-Mail
mail-me-about = Ohne Passwort: Geben Sie oben Ihre Adresse ein, und wir schicken Ihnen einen Link zum Anmelden.
forgotten-title = Passwort vergessen?
forgotten-about = Nennen Sie uns Ihre Adresse, und wir schicken Ihnen einen Link für ein neues.
forgotten-submit = Link zusenden
sent-title = Sehen Sie in Ihr Postfach
sent-about = Eine Nachricht ist an diese Adresse unterwegs. Ihr Link gilt einmal, eine Stunde lang, in diesem Browser.
sent-nothing = Nach einigen Minuten nichts da? Sehen Sie im Spam-Ordner nach oder fordern Sie ihn noch einmal an.
confirm-register-title = Adresse bestätigen
confirm-register-about = Ihr Konto wird jetzt angelegt, und Sie sind angemeldet.
confirm-register-submit = Adresse bestätigen
confirm-sign_in-title = Anmelden
confirm-sign_in-about = Sie werden auf diesem Gerät angemeldet.
confirm-sign_in-submit = Anmelden
confirm-address-title = Neue Adresse bestätigen
confirm-address-about = Ihr Konto hat von nun an diese Adresse. Die alte wird benachrichtigt.
confirm-address-submit = Adresse bestätigen
confirm-deletion-title = Konto löschen
confirm-deletion-about = Alles, was wir über Sie speichern, wird gelöscht. Es lässt sich nicht zurückholen.
confirm-deletion-submit = Konto löschen
errand-unknown = Die Adresse ist vielleicht vertippt oder abgeschnitten. Kopieren Sie den ganzen Link, oder fordern Sie einen neuen an.
errand-used = Er wurde schon benutzt; jeder Link gilt einmal. Fordern Sie einen neuen an.
errand-expired = Er ist abgelaufen. Fordern Sie einen neuen an.
errand-elsewhere = Er gilt nur in dem Browser, in dem Sie ihn angefordert haben. Öffnen Sie ihn dort, oder fordern Sie hier einen neuen an.
me-title = Ihr Konto
me-staff = Zwei-Schritt-Anmeldung und Token
me-name-submit = Namen ändern
me-address-title = E-Mail-Adresse
me-address-about = Wir schicken einen Link dorthin; bis Sie ihn öffnen, bleibt alles, wie es ist.
me-address-submit = Adresse ändern
me-password-is = Sie können sich mit Passwort oder per Link anmelden.
me-password-none = Sie melden sich per Link an. Mit einem Passwort müssen Sie nicht auf Post warten.
me-end-others = Überall sonst abmelden
me-data = Ihre Daten
me-data-about = Sie können alles mitnehmen, und Sie können alles löschen lassen.
me-export = Alles herunterladen
me-done-name = Ihr Name ist geändert.
me-done-address = Ihre Adresse ist geändert.
me-done-password = Ihr Passwort ist gesetzt. Alle anderen Sitzungen sind beendet.
me-done-session = Die Sitzung ist beendet.
me-done-passkey = Ihre Passkeys sind geändert.
ignored-title = Ignorierte Personen
ignored-about = Sie sehen nicht, was sie schreiben. Die anderen erfahren es nicht.
ignored-none = Die Liste ist leer.
ignored-end = Nicht mehr ignorieren
deletion-title = Konto löschen
deletion-about = Ihr Name, Ihre Adresse, Ihre Beiträge und alles andere, was wir über Sie speichern, werden gelöscht. Das lässt sich nicht rückgängig machen.
deletion-submit = Konto endgültig löschen
deletion-link-about = Sie können es auch über einen Link bestätigen, den wir Ihnen schicken.
deletion-link = Link zusenden
deletion-staff = Dies ist ein Konto der Redaktion. Bitten Sie eine Inhaberin oder einen Inhaber, es zu schließen.
farewell-title = Ihr Konto ist gelöscht
farewell-about = Alles, was wir über Sie gespeichert hatten, ist gelöscht. Danke, dass Sie hier waren.
password-first-title = Wählen Sie ein Passwort
password-first-about = Alle Ihre anderen Sitzungen enden.
wrong-too-soon = Das ging sehr schnell. Prüfen Sie Ihre Angaben, und senden Sie sie noch einmal.
wrong-email-disposable = Verwenden Sie eine Adresse, die Sie auch nächstes Jahr noch haben.
wrong-name-taken = Jemand aus der Redaktion heißt so. Wählen Sie einen anderen Namen.
passkeys = Passkeys
passkeys-about = Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Geräte-PIN statt mit Passwort an.
passkey-name = Gerät
passkey-add = Passkey hinzufügen
passkey-end = Entfernen
passkey-sign-in = Mit Passkey anmelden
passkey-failed = Das hat nicht geklappt. Versuchen Sie es noch einmal oder auf anderem Weg.
outbox-title = Postausgang
outbox-about = Die letzten Nachrichten an Leser. Ihr Text wird nur bis zum Versand aufbewahrt; ohne Mailserver steht er hier.
outbox-none = Es wurde noch nichts versandt.
outbox-waiting = wartet
outbox-sent = versandt
outbox-shown = nicht versandt: kein Mailserver eingestellt
outbox-failed = aufgegeben
outbox-open = Link öffnen
mail-register-subject = Bestätigen Sie Ihre Adresse für { $site }
mail-register-text = Jemand hat mit dieser Adresse ein Konto angefordert. Wenn Sie es waren, bestätigen Sie sie.
mail-known-subject = Sie haben bereits ein Konto bei { $site }
mail-known-text = Jemand wollte sich mit dieser Adresse registrieren, doch sie hat schon ein Konto. Wenn Sie es waren, melden Sie sich mit diesem Link an.
mail-sign-in-subject = Ihr Anmelde-Link für { $site }
mail-sign-in-text = Sie haben einen Link zum Anmelden angefordert.
mail-password-subject = Ein neues Passwort für { $site }
mail-password-text = Sie haben ein neues Passwort angefordert. Wählen Sie es mit diesem Link.
mail-address-subject = Bestätigen Sie Ihre neue Adresse für { $site }
mail-address-text = Ihr Konto soll diese Adresse erhalten. Bestätigen Sie sie.
mail-address-taken-subject = Diese Adresse hat bereits ein Konto bei { $site }
mail-address-taken-text = Jemand wollte sein Konto auf diese Adresse umziehen, doch sie hat schon eines. Es wurde nichts geändert.
mail-address-told-subject = Ihr Konto bei { $site } hat eine andere Adresse
mail-address-told-text = Ihr Konto wurde von dieser auf eine andere Adresse umgestellt. Wenn Sie das nicht waren, schreiben Sie sofort der Redaktion.
mail-deletion-subject = Ihr Konto bei { $site } löschen?
mail-deletion-text = Sie möchten Ihr Konto löschen. Mit diesem Link wird alles gelöscht, was wir über Sie speichern.
mail-unknown-subject = Kein Konto bei { $site } mit dieser Adresse
mail-unknown-text = Jemand wollte sich mit dieser Adresse anmelden, doch sie hat kein Konto. Wenn Sie es waren, haben Sie sich vielleicht mit einer anderen registriert; oder registrieren Sie sich jetzt.
mail-staff-subject = Anmelden bei { $site }
mail-staff-text = Sie arbeiten in der Redaktion: Melden Sie sich mit Passwort und zweitem Schritt an. Ist das Passwort verloren, bitten Sie die Inhaberin oder den Inhaber um einen neuen Link.
mail-closed-subject = Dieses Konto bei { $site } ist geschlossen
mail-closed-text = Das Konto mit dieser Adresse wurde geschlossen. Schreiben Sie der Redaktion, wenn Sie es zurückhaben möchten.
mail-passkey-subject = Ein neuer Passkey für { $site }
mail-passkey-text = Ihrem Konto wurde ein Passkey hinzugefügt. Wenn Sie das nicht waren, entfernen Sie ihn auf Ihrer Kontoseite und ändern Sie Ihr Passwort.
mail-once = Der Link gilt einmal, eine Stunde lang, in dem Browser, in dem Sie ihn angefordert haben.
mail-not-you = Wenn Sie es nicht waren, tun Sie nichts: Ohne den Link geschieht nichts.
mail-foot = { $site } sendet dies, weil jemand diese Adresse auf der Website eingegeben hat. Bitte antworten Sie nicht darauf.

# Moderation log
modlog = Moderation der Chats
modlog-about = Alle Entscheidungen der Moderation aus den letzten Monaten, die neuesten zuerst. Hier steht, was geschah und warum; niemand wird genannt, keine Nachricht zitiert.
modlog-none = Noch wurde nichts entschieden.
modlog-undone = aufgehoben
modlog-rule = von einer Regel gefunden
modlog-did-reject = Nachricht nicht gezeigt
modlog-did-remove = Nachricht entfernt
modlog-did-hold = Nachricht zur Prüfung zurückgehalten
modlog-did-warn = Verwarnung
modlog-did-time_out = Auszeit
modlog-did-mute = Schreibverbot
modlog-did-ban = Ausschluss
modlog-ground-abuse = Persönlicher Angriff
modlog-ground-hate = Hass
modlog-ground-threat = Drohung
modlog-ground-spam = Spam
modlog-ground-off_topic = Am Thema vorbei
modlog-ground-personal_data = Persönliche Daten
modlog-ground-illegal = Gegen das Gesetz
modlog-ground-other = Hausregeln
