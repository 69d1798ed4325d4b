# The frame
desk = Desk
skip = Skip to the page
places = Places of the desk
to-site = The site
queue-title = Queue
write-title = Write
people-title = People
house-title = Editions
account = Your account
sign-out = Sign out
help = Keys
help-title = Keys
keys-everywhere = Everywhere
palette = Go to…
palette-label = Go to a page or a story
close = Close
role-reader = Reader
role-moderator = Moderator
role-photo = Photo desk
role-reporter = Reporter
role-editor = Editor
role-owner = Owner
wish-theme = Colours
theme-auto = As the system
theme-light = Light
theme-dark = Dark
wish-rows = Rows
rows-normal = Normal
rows-compact = Close
rows-comfortable = Wide
wish-keys = Single keys
keys-on = On
keys-off = Off
wish-language = Language
language-en = English
language-ru = Русский
ago-now = now
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
in-minutes = in { $count } min
in-hours = in { $count } h
in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = June
month-7 = July
month-8 = Aug
month-9 = Sept
month-10 = Oct
month-11 = Nov
month-12 = Dec
# What scripts say
script-palette-none = Nothing of that name
script-offline = No connection
script-online = Connected again
script-failed = That did not work. Try again.
